import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { durationText } from '../../words/format/duration.ts';
import { currencyOf } from '../../words/format/money.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { tableHead } from './table-head.ts';
import { extremes, sizePoints } from '../charts/size-points.ts';
import { paretoEdge } from '../charts/trade-scatter.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import { fateText, hasNoNumbers } from '../../words/result/fate.ts';
import { isRecommended, sizeMarks } from '../../words/result/size-facts.ts';

/** A sheet of paper holds so many rows. */
const MOST_PRINTED = 10;

interface Cell {
  readonly heading: string;
  readonly text: string;
  /** A second line, in small. */
  readonly detail?: string;
}

function cellsOf(size: SizeResult, currency: string): readonly Cell[] {
  const cells = sizeCells(size);
  const { p50, p99, max } = size.durationMs;
  return [
    { heading: 'Duration', text: cells.duration, detail: cells.durationRange },
    { heading: 'p50', text: durationText(p50) },
    { heading: 'p95', text: cells.p95 },
    { heading: 'p99', text: durationText(p99) },
    { heading: 'longest', text: durationText(max) },
    { heading: 'Cold init', text: cells.coldInit },
    { heading: 'Memory used', text: cells.memoryUsed, detail: cells.memoryShare },
    { heading: `${currency} per million`, text: cells.cost, detail: cells.costRange },
    { heading: 'Runs', text: cells.invocations },
  ];
}

/** Roles stand beside the elements: where rows become blocks on a phone, a browser would forget them. */
function cellMarkup({ heading, text, detail = '' }: Cell): Markup {
  return element(
    'td',
    { role: 'cell', 'data-label': heading },
    text,
    detail === '' ? null : element('small', {}, detail),
  );
}

function row(result: Result, size: SizeResult, isMinor: boolean, currency: string): Markup {
  const { memory } = sizeCells(size);
  const cells = cellsOf(size, currency);
  const marks = [...sizeMarks(result, size), ...(size.reason === null ? [] : [size.reason])];
  const hasNone = hasNoNumbers(size);
  const kinds = [...(isRecommended(result, size) ? ['best'] : []), ...(isMinor ? ['minor'] : [])];
  return element(
    'tr',
    { role: 'row', class: kinds.length === 0 ? null : kinds.join(' ') },
    element(
      'th',
      { scope: 'row', role: 'rowheader' },
      memory,
      hasNone || marks.length === 0 ? null : element('small', {}, marks.join(', ')),
    ),
    ...(hasNone
      ? [
          element(
            'td',
            { role: 'cell', class: 'words', colspan: cells.length },
            element('div', {}, fateText(size)),
          ),
        ]
      : cells.map(cellMarkup)),
  );
}

/** The sizes that a sheet of paper has room for: those that an answer is about, then the others evenly. */
function printedSizes(result: Result): ReadonlySet<number> {
  const points = sizePoints(result);
  const best = extremes(points);
  const order = [
    result.recommendation.memoryMb,
    result.current.memoryMb,
    result.confidence.runnerUp?.memoryMb,
    best?.cheapest.memoryMb,
    best?.fastest.memoryMb,
    ...everyNth(paretoEdge(points)).map(({ memoryMb }) => memoryMb),
    ...everyNth(result.sizes).map(({ memoryMb }) => memoryMb),
  ].filter((memoryMb) => result.sizes.some((size) => size.memoryMb === memoryMb));
  return new Set([...new Set(order)].slice(0, MOST_PRINTED).map(Number));
}

/** Returns so many of the rows that all could be printed, from one end to the other. */
function everyNth<T>(all: readonly T[]): readonly T[] {
  const step = Math.ceil(all.length / MOST_PRINTED);
  return all.filter((_, index) => index % step === 0);
}

/** All that is known of each size. */
export function sizeTable(result: Result): Markup {
  const currency = currencyOf(result.target.region);
  const [first] = result.sizes;
  const headings = first === undefined ? [] : cellsOf(first, currency);
  const printed = printedSizes(result);
  const left = result.sizes.filter(({ memoryMb }) => !printed.has(memoryMb)).length;
  const table = element(
    'table',
    { class: 'sizes', role: 'table' },
    tableHead(['Memory', ...headings.map(({ heading }) => heading)]),
    element(
      'tbody',
      { role: 'rowgroup' },
      ...result.sizes.map((size) => row(result, size, !printed.has(size.memoryMb), currency)),
    ),
  );
  return left === 0
    ? table
    : fragment(
        table,
        element('p', { class: 'paper' }, `${left} more sizes are in the page itself.`),
      );
}
