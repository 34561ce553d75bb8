import { area as areaPath, curveMonotoneX, line as linePath } from 'd3-shape';
import type { Interval } from '../../contract/tune/interval.ts';
import { type Child, type Markup, element, fragment } from '../markup/element.ts';
import { type PlotArea, line } from './drawing.ts';
import type { Scale } from './scales.ts';

/** One size of one series, as one panel draws it. */
export interface PanelPoint {
  readonly memoryMb: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** What it is to the reader, which shows in its shape. */
  readonly kind: 'plain' | 'recommended' | 'current' | 'before' | 'after';
  /** Its value as every table and headline says it: what is believed given all sizes, drawn or not. */
  readonly valueText: string;
  /** All of it in words: what a pointer resting on it reads. */
  readonly text: string;
}

/** What is believed of every size between the measured ones. */
export interface FittedPoint {
  readonly memoryMb: number;
  readonly value: Interval;
}

/** Sizes that are joined by one line. */
export interface Series {
  readonly kind: 'result' | 'before' | 'after';
  readonly points: readonly PanelPoint[];
  /** Empty where nothing was fitted: then the line joins the points. */
  readonly fitted: readonly FittedPoint[];
}

/** Where a panel is drawn, and on which scales. */
export interface PanelFrame {
  readonly area: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
}

/** Half the width of the caps of intervals: wider than any mark, so that a short one is still seen. */
const CAP = 5;

function clamp(value: number, { top, bottom }: PlotArea): number {
  return Math.min(Math.max(value, top), bottom);
}

/** Returns the band and the line of a series; they lie under everything else. */
export function seriesLine({ kind, points, fitted }: Series, frame: PanelFrame): Markup {
  const { area, x, y } = frame;
  if (fitted.length < 2) {
    const path = linePath<PanelPoint>()
      .digits(2)
      .x(({ memoryMb }) => x.at(memoryMb))
      .y(({ mean }) => clamp(y.at(mean), area));
    return element('path', { class: `pd-line pd-line-${kind}`, d: path(points) ?? '' });
  }
  const band = areaPath<FittedPoint>()
    .digits(2)
    .curve(curveMonotoneX)
    .x(({ memoryMb }) => x.at(memoryMb))
    .y0(({ value }) => clamp(y.at(value.low), area))
    .y1(({ value }) => clamp(y.at(value.high), area));
  const path = linePath<FittedPoint>()
    .digits(2)
    .curve(curveMonotoneX)
    .x(({ memoryMb }) => x.at(memoryMb))
    .y(({ value }) => clamp(y.at(value.estimate), area));
  return fragment(
    element('path', { class: `pd-fit pd-fit-${kind}`, d: band(fitted) ?? '' }),
    element('path', { class: `pd-line pd-line-${kind}`, d: path(fitted) ?? '' }),
  );
}

/** Returns a series' marks with their intervals above them: a mark must not hide how sure it is. */
export function seriesMarks({ points }: Series, { x, y }: PanelFrame): Markup {
  return fragment(
    ...points.map((point) => {
      const at = x.at(point.memoryMb);
      const [low, high] = [y.at(point.low), y.at(point.high)];
      return element(
        'g',
        {},
        element('title', {}, point.text),
        mark(point.kind, at, y.at(point.mean)),
        ...(point.low === point.high ? [] : interval(at, low, high)),
      );
    }),
  );
}

function interval(at: number, low: number, high: number): readonly Child[] {
  return [
    line('pd-interval', at, low, at, high),
    line('pd-interval', at - CAP, low, at + CAP, low),
    line('pd-interval', at - CAP, high, at + CAP, high),
  ];
}

/** What a size is to the reader shows in shape and not in colour alone. */
export function mark(kind: PanelPoint['kind'], x: number, y: number): Markup {
  switch (kind) {
    case 'recommended':
      return diamond(x, y);
    case 'current':
      return element('circle', { class: 'pd-now', cx: x, cy: y, r: 6.5 });
    case 'before':
      return element('rect', { class: 'pd-before', x: x - 4, y: y - 4, width: 8, height: 8 });
    case 'after':
      return element('circle', { class: 'pd-after', cx: x, cy: y, r: 4.5 });
    case 'plain':
      return element('circle', { class: 'pd-point', cx: x, cy: y, r: 4 });
  }
}

/** Marks what is recommended, in every chart. */
export function diamond(x: number, y: number): Markup {
  const start = `${roundCoordinate(x)},${roundCoordinate(y - 9)}`;
  return element('path', { class: 'pd-best', d: `M${start}l8.5,9l-8.5,9l-8.5,-9z` });
}

function roundCoordinate(value: number): number {
  return Math.round(value * 100) / 100;
}
