import type { Result } from '../contract/tune/result.ts';
import { CHART_STYLE, themeStyle } from './charts/chart-style.ts';
import { drawing, label } from './charts/drawing.ts';
import { stackedCurves } from './charts/memory-curves.ts';
import { type Markup, element } from './markup/element.ts';

const WIDTH = 720;
const PANEL_HEIGHT = 190;

/** Ours, and holds nothing of the result. The background makes it readable wherever it is embedded. */
const STYLE: Markup = {
  markup: `<style>${themeStyle('.pd-chart')}${CHART_STYLE}.pd-page { fill: var(--page); }</style>`,
};

/**
 * Returns the main chart in a file of its own: duration and cost over memory, with the recommended size
 * marked.
 */
export function resultSvg(result: Result): string {
  const background = element('rect', { class: 'pd-page', width: '100%', height: '100%' });
  const chart = stackedCurves(result, {
    width: WIDTH,
    panelHeight: PANEL_HEIGHT,
    behind: [STYLE, background],
  });
  if (chart !== null) return `${chart.markup}\n`;
  const empty = {
    id: 'curves',
    title: 'Nothing to draw',
    description: 'No size has a duration and a cost.',
  };
  const size = { width: WIDTH, height: 60 };
  return `${drawing(empty, size, STYLE, background, label('pd-label', 20, 34, empty.description)).markup}\n`;
}
