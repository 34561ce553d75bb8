import { line as linePath } from 'd3-shape';
import type { Result } from '../../contract/tune/result.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { costPerMillionText, currencyOf } from '../../words/format/money.ts';
import { percentText } from '../../words/format/percent.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import type { Chart } from './chart.ts';
import { diedMarks, signposts, toleranceBand } from './curve-marks.ts';
import { type PlotArea, drawing, label, line } from './drawing.ts';
import { memoryAxis, memoryScale, valueAxis } from './memory-axis.ts';
import { pointMark } from './point-mark.ts';
import { type Scale, logScale, scaleFromZero } from './scales.ts';
import { costTick, durationTick } from './tick-text.ts';
import { type SizePoint, extremes, sizePoints } from './size-points.ts';

const LEFT = 70;
const TOP = 62;
const PANEL_GAP = 44;
const BELOW = 44;

interface Panel {
  readonly heading: string;
  readonly area: PlotArea;
  readonly y: Scale;
  readonly tickText: (value: number) => string;
  readonly value: (point: SizePoint) => SizePoint['cost'];
}

function panelMarkup(panel: Panel, points: readonly SizePoint[], x: Scale, result: Result): Markup {
  const { area, y, value } = panel;
  const currency = currencyOf(result.target.region);
  const path = linePath<SizePoint>()
    .digits(2)
    .x((point) => x.at(point.memoryMb))
    .y((point) => y.at(value(point).mean));
  return fragment(
    label('pd-heading', area.left, area.top - 10, panel.heading),
    valueAxis(y, area, panel.tickText),
    element('path', { class: 'pd-line', d: path(points) ?? '' }),
    ...points.map((point) => {
      const at = x.at(point.memoryMb);
      const { low, high, mean } = value(point);
      const interval = line('pd-interval', at, y.at(low), at, y.at(high));
      return pointMark(point, at, y.at(mean), currency, interval);
    }),
  );
}

function describe(result: Result, points: readonly SizePoint[]): string {
  const best = extremes(points);
  if (best === null) return 'No size has a duration and a cost.';
  const { cheapest, fastest } = best;
  const currency = currencyOf(result.target.region);
  return [
    `${points.length} of ${result.sizes.length} sizes measured.`,
    `Fastest is ${memoryText(fastest.memoryMb)} with ${durationText(fastest.durationMs.mean)},`,
    `cheapest ${memoryText(cheapest.memoryMb)} with ${costPerMillionText(cheapest.cost.mean)} ${currency} per million invocations,`,
    `recommended ${memoryText(result.recommendation.memoryMb)}.`,
  ].join(' ');
}

export interface CurvePanelsOptions {
  readonly id: string;
  readonly width: number;
  readonly panelHeight: number;
  readonly behind?: readonly Markup[];
}

/**
 * Duration and cost over memory, in two panels that share the memory axis: what a size changes, and
 * how sure that is. `null` where no size has both.
 */
export function curvePanels(result: Result, options: CurvePanelsOptions): Chart | null {
  const points = sizePoints(result);
  if (points.length === 0) return null;
  const { id, width, behind = [] } = options;
  const sizes = result.sizes.map(({ memoryMb }) => memoryMb).toSorted((a, b) => a - b);
  const { above, below } = placePanels(options);
  const durations = durationPanel(points, above);
  const costs = costPanel(points, below, result);
  const x = memoryScale(sizes, above);
  const title = 'Duration and cost by memory size';
  const description = describe(result, points);
  return {
    id,
    title,
    description,
    caption: captionOf(result, points),
    svg: drawing(
      { id, title, description },
      { width, height: below.bottom + BELOW },
      ...behind,
      signposts(points, x, above, below.bottom),
      toleranceBand(result, points, costs),
      panelMarkup(durations, points, x, result),
      diedMarks(result, points, x, above),
      line('pd-axis', above.left, above.bottom, above.right, above.bottom),
      panelMarkup(costs, points, x, result),
      memoryAxis(sizes, points, x, below),
    ),
    table: tableOf(result, points),
  };
}

function placePanels({
  width,
  panelHeight,
}: CurvePanelsOptions): Readonly<Record<'above' | 'below', PlotArea>> {
  const columns = { left: LEFT, right: width - 20 };
  const above = { ...columns, top: TOP, bottom: TOP + panelHeight };
  const top = above.bottom + PANEL_GAP;
  return { above, below: { ...columns, top, bottom: top + panelHeight } };
}

function durationPanel(points: readonly SizePoint[], area: PlotArea): Panel {
  const value: Panel['value'] = ({ durationMs }) => durationMs;
  const y = logScale(endsOf(points, value), [area.bottom, area.top]);
  return { heading: 'Duration', area, y, tickText: durationTick, value };
}

function costPanel(points: readonly SizePoint[], area: PlotArea, { target }: Result): Panel {
  const value: Panel['value'] = ({ cost }) => cost;
  const y = scaleFromZero(endsOf(points, value), [area.bottom, area.top]);
  const heading = `Cost of a million invocations, ${currencyOf(target.region)}`;
  return { heading, area, y, tickText: costTick, value };
}

/** Tells where the intervals of all points begin and end. */
function endsOf(points: readonly SizePoint[], value: Panel['value']): readonly number[] {
  return points.flatMap((point) => [value(point).low, value(point).high]);
}

function captionOf({ input, sizes }: Result, points: readonly SizePoint[]): string {
  const tolerance = percentText(input.goal.tolerance);
  return [
    'Means of warm invocations; bars are 95 % intervals.',
    'Memory and duration are on logarithmic axes.',
    ...(input.goal.kind === 'best-value'
      ? [`The band holds costs up to ${tolerance} above the cheapest.`]
      : []),
    ...(points.length < sizes.length ? ['A cross stands for a size without numbers.'] : []),
  ].join(' ');
}

function tableOf({ target }: Result, points: readonly SizePoint[]): Chart['table'] {
  const currency = currencyOf(target.region);
  return {
    headings: ['Memory', 'Duration', 'from–to', `${currency} per million`, 'from–to'],
    rows: points.map(({ size }) => {
      const cells = sizeCells(size);
      return [cells.memory, cells.duration, cells.durationRange, cells.cost, cells.costRange];
    }),
  };
}
