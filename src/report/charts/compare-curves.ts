import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../../words/format/memory.ts';
import { currencyOf } from '../../words/format/money.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import { type Markup, element } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { type Signpost, signposts } from './curve-marks.ts';
import { type PlotArea, drawing, label } from './drawing.ts';
import { memoryAxis, memoryScale } from './memory-axis.ts';
import { drawPanel, framePanel, type PanelSpec } from './memory-panel.ts';
import { mark } from './panel.ts';
import { type Measure, resultSeries } from './result-series.ts';
import { sizePoints } from './size-points.ts';
import { costTick, durationTick } from './tick-text.ts';

/** Two results of one function, the earlier one first. */
export interface TwoResults {
  readonly before: Result;
  readonly after: Result;
}

const WIDTH = 480;
const AREA: PlotArea = { left: 70, right: WIDTH - 20, top: 70, bottom: 280 };

/** Where a size is recommended by both, one post says so. */
function posts({ before, after }: TwoResults): readonly Signpost[] {
  const [was, is] = [before.recommendation.memoryMb, after.recommendation.memoryMb];
  if (was === is) return [{ memoryMb: is, word: 'both recommend', kind: 'best' }];
  return [
    { memoryMb: is, word: 'recommended after', kind: 'best' },
    { memoryMb: was, word: 'before', kind: 'now' },
  ];
}

function specOf({ before, after }: TwoResults, measure: Measure): PanelSpec {
  const series = [resultSeries(before, measure, 'before'), resultSeries(after, measure, 'after')];
  return measure === 'durationMs'
    ? { heading: 'Duration', tickText: durationTick, scale: 'log', series }
    : {
        heading: `Cost of a million invocations, ${currencyOf(after.target.region)}`,
        tickText: costTick,
        scale: 'from-zero',
        series,
      };
}

function legend(): Markup {
  return element(
    'g',
    {},
    mark('before', AREA.left + 4, AREA.bottom + 32),
    label('pd-label', AREA.left + 14, AREA.bottom + 36, 'before'),
    mark('after', AREA.left + 84, AREA.bottom + 32),
    label('pd-label', AREA.left + 94, AREA.bottom + 36, 'after'),
  );
}

/** Returns what the table says of a size: the mean and its interval, or that it was not there. */
function cellsOf(result: Result, memoryMb: number, measure: Measure): readonly string[] {
  const size = result.sizes.find((each) => each.memoryMb === memoryMb);
  if (size === undefined) return ['–', ''];
  const cells = sizeCells(size);
  return measure === 'durationMs'
    ? [cells.duration, cells.durationRange]
    : [cells.cost, cells.costRange];
}

/** Draws duration or cost over memory of two results on one pair of axes. `null` where one has nothing to draw. */
export function compareCurve(two: TwoResults, measure: Measure): Chart | null {
  const { before, after } = two;
  if ([before, after].some((result) => sizePoints(result).length === 0)) return null;
  const sizes = [...new Set([...before.sizes, ...after.sizes].map(({ memoryMb }) => memoryMb))]
    .filter((memoryMb) => memoryMb > 0)
    .toSorted((a, b) => a - b);
  const x = memoryScale(sizes, AREA);
  const spec = specOf(two, measure);
  const name = measure === 'durationMs' ? 'Duration' : 'Cost';
  const chart = {
    id: `compare-${measure === 'durationMs' ? 'duration' : 'cost'}`,
    title: `${name} by memory size, before and after`,
    description: `Before, ${memoryText(before.recommendation.memoryMb)} was recommended; after, ${memoryText(after.recommendation.memoryMb)}.`,
  };
  const shown = posts(two).filter(({ memoryMb }) => sizes.includes(memoryMb));
  return {
    ...chart,
    caption: 'Squares are before, circles after, each with its 95 % interval and fitted curve.',
    svg: drawing(
      chart,
      { width: WIDTH, height: AREA.bottom + 44 },
      signposts(shown, x, AREA, AREA.bottom),
      drawPanel(spec, framePanel(spec, AREA, x)),
      memoryAxis(
        sizes,
        shown.map(({ memoryMb }) => memoryMb),
        x,
        AREA,
      ),
      legend(),
    ),
    table: {
      headings: ['Memory', 'before', 'from–to', 'after', 'from–to'],
      rows: sizes.map((memoryMb) => [
        memoryText(memoryMb),
        ...cellsOf(before, memoryMb, measure),
        ...cellsOf(after, memoryMb, measure),
      ]),
    },
  };
}
