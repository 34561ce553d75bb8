import { durationText } from '../../words/format/duration.ts';
import { fixedText } from '../../words/format/rounding.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { durationAxis } from './duration-axis.ts';
import { type PlotArea, drawing, label, line } from './drawing.ts';
import type { Samples } from './samples.ts';
import { type Scale, logScale } from './scales.ts';

/** Invocations of one size, or of one side of a comparison. */
export interface StripRow extends Omit<Samples, 'memoryMb'> {
  readonly name: string;
}

const WIDTH = 480;
const LEFT = 86;
const RIGHT = WIDTH - 84;
const TOP = 40;

/** Tall enough to tell points apart, and not endless for 46 sizes. */
function rowHeight(rows: number): number {
  return Math.min(Math.max(Math.floor(340 / rows), 13), 34);
}

/** A label takes so much: of rows that are lower, not every one is named. */
const LABEL_HEIGHT = 19;

/** Spreads points over a row evenly and always the same way: the golden ratio's low-discrepancy sequence. */
function spread(index: number, height: number): number {
  return ((index * 0.618_034) % 1) * height;
}

function roundCoordinate(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * Returns all points of a kind in one path: lines of no length with round ends are dots, and small in the
 * file.
 */
function dots(valuesMs: readonly number[], x: Scale, top: number, height: number): string {
  return valuesMs
    .map(
      (ms, index) =>
        `M${roundCoordinate(x.at(ms))},${roundCoordinate(top + spread(index, height))}h0`,
    )
    .join('');
}

function rings(valuesMs: readonly number[], x: Scale, top: number, height: number): string {
  return valuesMs
    .map((ms, index) => {
      const y = roundCoordinate(top + spread(index, height));
      return `M${roundCoordinate(x.at(ms))},${roundCoordinate(y - 4)}l4,4l-4,4l-4,-4z`;
    })
    .join('');
}

function row(
  samples: StripRow,
  x: Scale,
  top: number,
  { height, isNamed }: { readonly height: number; readonly isNamed: boolean },
): Markup {
  const inset = Math.min(5, height / 4);
  const [from, room] = [top + inset, height - 2 * inset];
  // Cold ones keep to the lower part of the row, so that they are seen apart.
  const warmRoom = samples.coldMs.length === 0 ? room : room * 0.55;
  return fragment(
    line('pd-grid', LEFT, top + height, RIGHT, top + height),
    isNamed
      ? label('pd-label', LEFT - 8, top + height / 2 + 4, samples.name, 'end', LEFT - 8)
      : null,
    element('path', { class: 'pd-warm', d: dots(samples.warmMs, x, from, warmRoom) }),
    element('path', {
      class: 'pd-cold',
      d: rings(samples.coldMs, x, from + room * 0.75, room * 0.25),
    }),
    samples.without === 0 || !isNamed
      ? null
      : label(
          'pd-label pd-label-died',
          RIGHT + 6,
          top + height / 2 + 4,
          `${samples.without} failed`,
          'start',
          WIDTH - RIGHT - 6,
        ),
  );
}

function legend(): Markup {
  return fragment(
    element('path', { class: 'pd-warm', d: `M${LEFT + 5},16h0` }),
    label('pd-label', LEFT + 14, 20, 'warm'),
    element('path', { class: 'pd-cold', d: `M${LEFT + 76},12l4,4l-4,4l-4,-4z` }),
    label('pd-label', LEFT + 86, 20, 'cold'),
  );
}

function range(valuesMs: readonly number[]): string {
  if (valuesMs.length === 0) return '–';
  const sorted = valuesMs.toSorted((a, b) => a - b);
  return `${durationText(sorted[0] ?? null)} – ${durationText(sorted.at(-1) ?? null)}`;
}

/**
 * Returns every invocation of some rows as a point, cold apart from warm: what means and intervals leave out.
 * `null` without any.
 */
export function stripChart(
  id: string,
  firstHeading: string,
  rows: readonly StripRow[],
): Chart | null {
  const all = rows.flatMap(({ warmMs, coldMs }) => [...warmMs, ...coldMs]);
  if (all.length === 0) return null;
  const height = rowHeight(rows.length);
  const bottom = TOP + height * rows.length;
  const area: PlotArea = { left: LEFT, right: RIGHT, top: TOP, bottom };
  const step = Math.ceil(LABEL_HEIGHT / height);
  // 8,000 arguments are fine for Math.min, but not on every engine.
  const smallest = all.reduce((least, ms) => Math.min(least, ms));
  const largest = all.reduce((most, ms) => Math.max(most, ms));
  const x = logScale([smallest, largest], [area.left + 8, area.right - 8]);
  const cold = rows.reduce((sum, { coldMs }) => sum + coldMs.length, 0);
  const chart = {
    id,
    title: 'Every invocation',
    description: `${fixedText(all.length, 0)} durations, ${fixedText(cold, 0)} of them cold, from ${durationText(smallest)} to ${durationText(largest)}.`,
  };
  return {
    ...chart,
    caption: 'Run time of each invocation, without init; cold ones stand lower in their row.',
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 44 },
      legend(),
      durationAxis(x, area, 'duration'),
      ...rows.map((each, index) =>
        row(each, x, TOP + index * height, { height, isNamed: index % step === 0 }),
      ),
    ),
    table: {
      headings: [firstHeading, 'Warm', 'from–to', 'Cold', 'from–to', 'Failed'],
      rows: rows.map(({ name, warmMs, coldMs, without }) => [
        name,
        fixedText(warmMs.length, 0),
        range(warmMs),
        fixedText(coldMs.length, 0),
        range(coldMs),
        fixedText(without, 0),
      ]),
    },
  };
}
