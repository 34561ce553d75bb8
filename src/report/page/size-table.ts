import type { Result, SizeResult } from '../../contract/tune/result.ts';
import { durationText } from '../../words/format/duration.ts';
import { currencyOf } from '../../words/format/money.ts';
import { type Markup, element } from '../markup/element.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import { fateText, hasNoNumbers } from '../../words/result/fate.ts';
import { isRecommended, sizeMarks } from '../../words/result/size-facts.ts';

function headings(currency: string): readonly string[] {
  return [
    'Memory',
    'Duration',
    'p50',
    'p95',
    'p99',
    'longest',
    'Cold init',
    'Memory used',
    `${currency} per million`,
    'Invocations',
  ];
}

/** All but the first, the remarks included. */
const COLUMNS = headings('').length;

function withRange(estimate: string, range: string): Markup {
  return range === ''
    ? element('td', {}, estimate)
    : element('td', {}, estimate, element('br', {}), element('small', {}, range));
}

function row(result: Result, size: SizeResult): Markup {
  const cells = sizeCells(size);
  if (hasNoNumbers(size)) {
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, cells.memory),
      element('td', { class: 'words', colspan: COLUMNS }, fateText(size)),
    );
  }
  const { p50, p99, max } = size.durationMs;
  const words = [...sizeMarks(result, size), ...(size.reason === null ? [] : [size.reason])];
  return element(
    'tr',
    { class: isRecommended(result, size) ? 'best' : null },
    element('th', { scope: 'row' }, cells.memory),
    withRange(cells.duration, cells.durationRange),
    element('td', {}, durationText(p50)),
    element('td', {}, cells.p95),
    element('td', {}, durationText(p99)),
    element('td', {}, durationText(max)),
    element('td', {}, cells.coldInit),
    withRange(cells.memoryUsed, cells.memoryShare),
    withRange(cells.cost, cells.costRange),
    element('td', {}, cells.invocations),
    element('td', { class: 'words' }, words.join(', ')),
  );
}

/** All that is known of each size. */
export function sizeTable(result: Result): Markup {
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...headings(currencyOf(result.target.region)).map((heading) =>
            element('th', { scope: 'col' }, heading),
          ),
          element('th', { scope: 'col', class: 'words' }, 'Remarks'),
        ),
      ),
      element('tbody', {}, ...result.sizes.map((size) => row(result, size))),
    ),
  );
}
