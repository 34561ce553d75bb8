import type { Chart, ChartTable } from '../charts/chart.ts';
import { type Markup, element } from '../markup/element.ts';

function twinTable({ headings, rows }: ChartTable): Markup {
  const [head, ...rest] = headings;
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[head ?? '', ...rest].map((heading) => element('th', { scope: 'col' }, heading)),
      ),
    ),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...cells]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, first),
          ...cells.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  );
}

/** Returns a chart with its caption above and its numbers below. */
function figure(chart: Chart): Markup {
  return element(
    'figure',
    {},
    element('h2', {}, chart.title),
    element('figcaption', {}, chart.caption),
    chart.svg,
    element(
      'details',
      {},
      element('summary', {}, 'The numbers'),
      element(
        'div',
        {
          class: 'scroll',
          tabindex: 0,
          role: 'region',
          'aria-label': `${chart.title}: the numbers`,
        },
        twinTable(chart.table),
      ),
    ),
  );
}

/** Returns some charts side by side as far as there is room; `null` where none has anything to draw. */
export function figures(className: string, charts: readonly (Chart | null)[]): Markup | null {
  const drawn = charts.filter((chart) => chart !== null);
  return drawn.length === 0 ? null : element('section', { class: className }, ...drawn.map(figure));
}
