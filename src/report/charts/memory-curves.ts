import type { Result } from '../../contract/tune/result.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { costPerMillionText, currencyOf } from '../../words/format/money.ts';
import { percentText } from '../../words/format/percent.ts';
import type { Markup } from '../markup/element.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import type { Chart } from './chart.ts';
import { diedMarks, resultSignposts, signposts, toleranceBand } from './curve-marks.ts';
import { type PlotArea, drawing, line } from './drawing.ts';
import { memoryAxis, memoryScale } from './memory-axis.ts';
import { drawPanel, framePanel, type PanelSpec } from './memory-panel.ts';
import { productionMark, productionQuantiles } from './production-mark.ts';
import { resultSeries } from './result-series.ts';
import { costTick, durationTick } from './tick-text.ts';
import { type SizePoint, extremes, sizePoints } from './size-points.ts';

export const CURVE_LEFT = 70;
export const CURVE_TOP = 70;
export const CURVE_BELOW = 44;
const PANEL_GAP = 44;

/** Width and height of a panel on a page. */
const PAGE_WIDTH = 480;
const PAGE_HEIGHT = 210;

function areaOf(width: number, top: number, height: number): PlotArea {
  return { left: CURVE_LEFT, right: width - 20, top, bottom: top + height };
}

function sizesOf({ sizes }: Result): readonly number[] {
  return sizes.map(({ memoryMb }) => memoryMb).toSorted((a, b) => a - b);
}

function importantSizes(points: readonly SizePoint[]): readonly number[] {
  return points
    .filter(({ recommended, current }) => recommended || current)
    .toSorted((a, b) => Number(b.recommended) - Number(a.recommended))
    .map(({ memoryMb }) => memoryMb);
}

function durationSpec(result: Result, points: readonly SizePoint[]): PanelSpec {
  const production = productionQuantiles(result);
  return {
    heading: 'Duration',
    tickText: durationTick,
    scale: 'log',
    series: [resultSeries(result, 'durationMs')],
    ...(production === null ? {} : { alsoShown: [production.p50, production.p95] }),
    above: (frame) => [
      diedMarks(result, points, frame.x, frame.area),
      production === null ? null : productionMark(production, frame),
    ],
  };
}

function costSpec(result: Result, points: readonly SizePoint[]): PanelSpec {
  return {
    heading: `Cost of a million invocations, ${currencyOf(result.target.region)}`,
    tickText: costTick,
    scale: 'from-zero',
    series: [resultSeries(result, 'cost')],
    behind: ({ area, y }) => [toleranceBand(result, points, { area, y })],
  };
}

function oneCurve(
  result: Result,
  points: readonly SizePoint[],
  spec: PanelSpec,
  texts: Pick<Chart, 'id' | 'title' | 'description'>,
): Markup {
  const area = areaOf(PAGE_WIDTH, CURVE_TOP, PAGE_HEIGHT);
  const sizes = sizesOf(result);
  const x = memoryScale(sizes, area);
  return drawing(
    texts,
    { width: PAGE_WIDTH, height: area.bottom + CURVE_BELOW },
    signposts(resultSignposts(points), x, area, area.bottom),
    drawPanel(spec, framePanel(spec, area, x)),
    memoryAxis(sizes, importantSizes(points), x, area),
  );
}

/** Returns duration over memory: points with their intervals, and the fitted curve in its band. */
export function durationCurve(result: Result): Chart | null {
  const points = sizePoints(result);
  if (points.length === 0) return null;
  const texts = {
    id: 'duration',
    title: 'Duration by memory size',
    description: describe(result, points),
  };
  return {
    ...texts,
    caption: [
      'Means of warm invocations with their 95 % intervals.',
      ...fitCaption(result),
      'Both axes are logarithmic.',
      ...(productionQuantiles(result) === null
        ? []
        : ['The hollow square is the median of your real calls, its line goes up to their p95.']),
      ...(points.length < result.sizes.length
        ? ['A cross stands for a size without numbers.']
        : []),
    ].join(' '),
    svg: oneCurve(result, points, durationSpec(result, points), texts),
    table: {
      headings: ['Memory', 'Duration', 'from–to'],
      rows: points.map(({ size }) => {
        const cells = sizeCells(size);
        return [cells.memory, cells.duration, cells.durationRange];
      }),
    },
  };
}

/** Returns cost over memory, with the band of those that count as good as the cheapest. */
export function costCurve(result: Result): Chart | null {
  const points = sizePoints(result);
  if (points.length === 0) return null;
  const currency = currencyOf(result.target.region);
  const texts = {
    id: 'cost',
    title: 'Cost by memory size',
    description: describe(result, points),
  };
  return {
    ...texts,
    caption: [
      'What a million invocations cost, with 95 % intervals.',
      ...fitCaption(result),
      ...toleranceCaption(result),
    ].join(' '),
    svg: oneCurve(result, points, costSpec(result, points), texts),
    table: {
      headings: ['Memory', `${currency} per million`, 'from–to'],
      rows: points.map(({ size }) => {
        const cells = sizeCells(size);
        return [cells.memory, cells.cost, cells.costRange];
      }),
    },
  };
}

/** Returns both in one drawing, for a file of its own; `null` where no size has both. */
export function stackedCurves(
  result: Result,
  { width, panelHeight, behind }: { width: number; panelHeight: number; behind: readonly Markup[] },
): Markup | null {
  const points = sizePoints(result);
  if (points.length === 0) return null;
  const above = areaOf(width, CURVE_TOP, panelHeight);
  const below = areaOf(width, above.bottom + PANEL_GAP, panelHeight);
  const sizes = sizesOf(result);
  const x = memoryScale(sizes, above);
  const [durations, costs] = [durationSpec(result, points), costSpec(result, points)];
  return drawing(
    {
      id: 'curves',
      title: 'Duration and cost by memory size',
      description: describe(result, points),
    },
    { width, height: below.bottom + CURVE_BELOW },
    ...behind,
    signposts(resultSignposts(points), x, above, below.bottom),
    drawPanel(durations, framePanel(durations, above, x)),
    line('pd-axis', above.left, above.bottom, above.right, above.bottom),
    drawPanel(costs, framePanel(costs, below, x)),
    memoryAxis(sizes, importantSizes(points), x, below),
  );
}

function fitCaption({ curve }: Result): readonly string[] {
  return (curve?.points.length ?? 0) < 2
    ? []
    : ['The line is the curve fitted to all of them, in its 95 % band.'];
}

function toleranceCaption({ input: { goal } }: Result): readonly string[] {
  return goal.kind === 'best-value'
    ? [`The stripe holds costs up to ${percentText(goal.tolerance)} above the cheapest.`]
    : [];
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
