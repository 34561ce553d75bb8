import { line as linePath } from 'd3-shape';
import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../../words/format/memory.ts';
import { currencyOf, type Currency } from '../../words/format/money.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import type { Chart } from './chart.ts';
import { durationAxis } from './duration-axis.ts';
import { type PlotArea, drawing, label, line } from './drawing.ts';
import { type Place, placeLabels } from './label-places.ts';
import { valueAxis } from './memory-axis.ts';
import { mark } from './panel.ts';
import { pointText } from './point-text.ts';
import { type Scale, linearScale, logScale } from './scales.ts';
import { type SizePoint, sizePoints } from './size-points.ts';
import { costTick } from './tick-text.ts';

const WIDTH = 480;
const AREA: PlotArea = { left: 70, top: 34, right: WIDTH - 20, bottom: 340 };

/** Returns the sizes that no other beats in both duration and cost, fastest first. */
export function paretoEdge(points: readonly SizePoint[]): readonly SizePoint[] {
  const edge: SizePoint[] = [];
  const fastestFirst = points.toSorted(
    (a, b) => a.durationMs.mean - b.durationMs.mean || a.cost.mean - b.cost.mean,
  );
  for (const point of fastestFirst) {
    const cheapest = edge.at(-1);
    if (cheapest === undefined || point.cost.mean < cheapest.cost.mean) edge.push(point);
  }
  return edge;
}

function placesAround(x: number, y: number): Place[] {
  // Between the arms of the interval first: straight beside a point they would run through its name.
  return [
    { x: x + 9, y: y - 7, anchor: 'start' },
    { x: x - 9, y: y - 7, anchor: 'end' },
    { x: x + 9, y: y + 17, anchor: 'start' },
    { x: x - 9, y: y + 17, anchor: 'end' },
    { x: x + 10, y: y + 4, anchor: 'start' },
    { x: x - 10, y: y + 4, anchor: 'end' },
    { x, y: y - 11, anchor: 'middle' },
    { x, y: y + 20, anchor: 'middle' },
  ];
}

/** Names the points as far as there is room, those that matter first. */
function names(
  points: readonly SizePoint[],
  edge: readonly SizePoint[],
  x: Scale,
  y: Scale,
): Markup {
  const rank = (point: SizePoint) =>
    (point.recommended ? 4 : 0) + (point.current ? 2 : 0) + (edge.includes(point) ? 1 : 0);
  const ordered = points.toSorted((a, b) => rank(b) - rank(a));
  const at = ordered.map((point) => ({
    point,
    x: x.at(point.durationMs.mean),
    y: y.at(point.cost.mean),
  }));
  const marks = at.map((mark) => ({
    left: mark.x - 5,
    right: mark.x + 5,
    top: mark.y - 5,
    bottom: mark.y + 5,
  }));
  const places = placeLabels(
    at.map((mark) => ({
      text: memoryText(mark.point.memoryMb),
      places: placesAround(mark.x, mark.y),
    })),
    { left: AREA.left, top: AREA.top - 10, right: WIDTH, bottom: AREA.bottom },
    marks,
  );
  return fragment(
    ...at.map(({ point }, index) => {
      const place = places[index];
      if (place === null || place === undefined) return null;
      const kind = point.recommended ? ' pd-label-best' : point.current ? ' pd-label-now' : '';
      return label(`pd-label${kind}`, place.x, place.y, memoryText(point.memoryMb), place.anchor);
    }),
  );
}

/** Draws a size with its two intervals. */
function drawPoint(point: SizePoint, x: Scale, y: Scale, currency: Currency): Markup {
  const { durationMs, cost } = point;
  const [atX, atY] = [x.at(durationMs.mean), y.at(cost.mean)];
  const kind = point.recommended ? 'recommended' : point.current ? 'current' : 'plain';
  return element(
    'g',
    {},
    element('title', {}, pointText(point, currency)),
    mark(kind, atX, atY),
    line('pd-interval', x.at(durationMs.low), atY, x.at(durationMs.high), atY),
    line('pd-interval', atX, y.at(cost.low), atX, y.at(cost.high)),
  );
}

function tabulate(
  points: readonly SizePoint[],
  edge: readonly SizePoint[],
  currency: string,
): Chart['table'] {
  return {
    headings: ['Memory', 'Duration', `${currency} per million`, 'On the edge'],
    rows: points.map((point) => {
      const cells = sizeCells(point.size);
      return [cells.memory, cells.duration, cells.cost, edge.includes(point) ? 'yes' : 'no'];
    }),
  };
}

/** Draws cost against duration, one point a size, with the edge of those worth choosing. `null` below two sizes. */
export function tradeScatter(result: Result): Chart | null {
  const points = sizePoints(result);
  if (points.length < 2) return null;
  const currency = currencyOf(result.target.region);
  const edge = paretoEdge(points);
  const x = logScale(
    points.flatMap(({ durationMs: { low, high } }) => [low, high]),
    [AREA.left + 6, AREA.right - 40],
  );
  const y = linearScale(
    points.flatMap(({ cost: { low, high } }) => [low, high]),
    [AREA.bottom, AREA.top],
  );
  const path = linePath<SizePoint>()
    .digits(2)
    .x((point) => x.at(point.durationMs.mean))
    .y((point) => y.at(point.cost.mean));
  const chart = {
    id: 'trade',
    title: 'What speed costs',
    description: `${points.length} sizes by mean duration and cost. No other size is both faster and cheaper than ${edge
      .map(({ memoryMb }) => memoryText(memoryMb))
      .join(', ')}.`,
  };
  return {
    ...chart,
    caption:
      'Faster is to the left, cheaper is below. The line joins the sizes that no other beats in both: choose among these.',
    svg: drawing(
      chart,
      { width: WIDTH, height: AREA.bottom + 44 },
      label('pd-heading', AREA.left, 20, `Cost of a million invocations, ${currency}`),
      valueAxis(y, AREA, costTick),
      durationAxis(x, AREA, 'mean duration'),
      element('path', { class: 'pd-edge', d: path(edge) ?? '' }),
      ...points.map((point) => drawPoint(point, x, y, currency)),
      names(points, edge, x, y),
    ),
    table: tabulate(points, edge, currency),
  };
}
