import type { Result } from '../../contract/tune/result.ts';
import { type Markup, element } from '../markup/element.ts';
import { payloadTable } from '../../words/result/payloads.ts';

/** Tells what each payload took at the recommended size, with its title; `null` where the run had one. */
export function payloadSection(
  result: Result,
): { readonly title: string; readonly table: Markup } | null {
  const table = payloadTable(result);
  if (table === null) return null;
  const { name, share, invocations, duration, longest, cost } = table.headings;
  const headings = [name, share, invocations, duration, longest, cost];
  const row = (cells: (typeof table.rows)[number]): Markup =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, cells.name),
      element('td', {}, cells.share),
      element('td', {}, cells.invocations),
      cells.durationRange === ''
        ? element('td', {}, cells.duration)
        : element('td', {}, cells.duration, element('small', {}, cells.durationRange)),
      element('td', {}, cells.longest),
      element('td', {}, cells.cost),
    );
  return {
    title: table.title,
    table: element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text))),
        ),
        element('tbody', {}, ...table.rows.map(row)),
      ),
    ),
  };
}
