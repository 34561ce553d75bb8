import { type Child, type Markup, fragment } from '../markup/element.ts';
import { type PlotArea, label } from './drawing.ts';
import { type Place, placeLabels } from './label-places.ts';
import { valueAxis } from './memory-axis.ts';
import { type PanelFrame, type PanelPoint, type Series, seriesLine, seriesMarks } from './panel.ts';
import { type Scale, logScale, scaleFromZero } from './scales.ts';

/** A measure over memory: what it is called, how its values read, and what is drawn of it. */
export interface PanelSpec {
  readonly heading: string;
  readonly tickText: (value: number) => string;
  /** Durations span decades; costs begin at zero, unless small ones would vanish. */
  readonly scale: 'log' | 'from-zero';
  readonly series: readonly Series[];
  /** Other values that must be on the scale. */
  readonly alsoShown?: readonly number[];
  /** What lies under the series, and what above. */
  readonly behind?: (frame: PanelFrame) => readonly Child[];
  readonly above?: (frame: PanelFrame) => readonly Child[];
}

/** Returns the frame of a panel: its scale holds every interval and every fitted value. */
export function framePanel(spec: PanelSpec, area: PlotArea, x: Scale): PanelFrame {
  const values = spec.series.flatMap(({ points, fitted }) => [
    ...points.flatMap(({ low, high }) => [low, high]),
    ...fitted.map(({ value }) => value.estimate),
  ]);
  const all = [...values, ...(spec.alsoShown ?? [])];
  const range: readonly [number, number] = [area.bottom, area.top];
  const y = spec.scale === 'log' ? logScale(all, range) : scaleFromZero(all, range);
  return { area, x, y };
}

/** Draws a panel: axis, what lies behind, lines, marks with their intervals, and values beside those that matter. */
export function drawPanel(spec: PanelSpec, frame: PanelFrame): Markup {
  const { area, y } = frame;
  return fragment(
    ...(spec.behind?.(frame) ?? []),
    valueAxis(y, area, spec.tickText),
    ...spec.series.map((series) => seriesLine(series, frame)),
    ...spec.series.map((series) => seriesMarks(series, frame)),
    ...(spec.above?.(frame) ?? []),
    label('pd-heading', area.left, area.top - 10, spec.heading),
    valueLabels(spec, frame),
  );
}

/** How far a label keeps from the point that it is of. */
const GAP = 11;

function placesAround(x: number, low: number, high: number): readonly Place[] {
  return [
    { x: x + GAP, y: high - 4, anchor: 'start' },
    { x: x - GAP, y: low + 13, anchor: 'end' },
    { x: x - GAP, y: high - 4, anchor: 'end' },
    { x: x + GAP, y: low + 13, anchor: 'start' },
    { x, y: high - GAP, anchor: 'middle' },
    { x, y: low + GAP + 10, anchor: 'middle' },
  ];
}

const LABEL_CLASS: Readonly<Partial<Record<PanelPoint['kind'], string>>> = {
  recommended: 'pd-label pd-label-best',
  current: 'pd-label pd-label-now',
};

/** Names the values of the recommended and the current size, where there is room for them. */
function valueLabels({ series }: PanelSpec, { area, x, y }: PanelFrame): Markup {
  const all = series
    .flatMap(({ points }) => points)
    .map((point) => ({
      point,
      at: x.at(point.memoryMb),
      low: Math.max(y.at(point.low), y.at(point.mean) + 8),
      high: Math.min(y.at(point.high), y.at(point.mean) - 8),
    }));
  const named = all.filter(({ point }) => LABEL_CLASS[point.kind] !== undefined);
  const places = placeLabels(
    named.map(({ point, at, low, high }) => ({
      text: point.valueText,
      places: placesAround(at, low, high),
    })),
    { left: area.left, right: area.right + 18, top: area.top - 6, bottom: area.bottom },
    all.map(({ at, low, high }) => ({ left: at - 8, right: at + 8, top: high, bottom: low })),
  );
  return fragment(
    ...named.map(({ point }, index) => {
      const place = places[index];
      return place === null || place === undefined
        ? null
        : label(
            LABEL_CLASS[point.kind] ?? 'pd-label',
            place.x,
            place.y,
            point.valueText,
            place.anchor,
          );
    }),
  );
}
