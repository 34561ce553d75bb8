import { type Markup, element } from '../markup/element.ts';

/** The head of a table; it says its roles, because in a narrow window the table is shown as blocks. */
export function tableHead(headings: readonly string[]): Markup {
  return element(
    'thead',
    { role: 'rowgroup' },
    element(
      'tr',
      { role: 'row' },
      ...headings.map((heading) => {
        return element('th', { scope: 'col', role: 'columnheader' }, heading);
      }),
    ),
  );
}
