import { durationText } from '../../words/format/duration.ts';
import { fixedText } from '../../words/format/rounding.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { durationAxis } from './duration-axis.ts';
import { type PlotArea, drawing, label, line } from './drawing.ts';
import { placeLabels } from './label-places.ts';
import { type Scale, isDrawable, logScale } from './scales.ts';

const WIDTH = 480;
const LEFT = 110;
const RIGHT = WIDTH - 24;
const TOP = 14;
const HEIGHT = 56;
/** Steps of durations are so wide. */
export const STEP = 1.1;

/** How many calls took up to so long, ascending, in steps of 10 %. */
export type Bars = readonly { readonly ms: number; readonly count: number }[];

export interface BarsRow {
  readonly name: string;
  readonly bars: Bars;
  readonly className: string;
}

/** A duration that is marked in every row, such as a quantile. */
export interface DurationMark {
  readonly name: string;
  readonly ms: number;
}

/** Returns a row of bars for each kind of call, all on one axis; `null` where there is nothing to draw. */
export function durationBars(
  { id, title, caption }: Pick<Chart, 'id' | 'title' | 'caption'>,
  all: readonly BarsRow[],
  marks: readonly DurationMark[] = [],
): Chart | null {
  const rows = all.filter(({ bars }) => bars.some(({ ms }) => isDrawable(ms)));
  if (rows.length === 0) return null;
  const drawn = marks.filter(({ ms }) => isDrawable(ms));
  const values = [
    ...rows.flatMap(({ bars }) => bars.map(({ ms }) => ms)).filter(isDrawable),
    ...drawn.map(({ ms }) => ms),
  ];
  const top = TOP + (drawn.length === 0 ? 0 : MARKS_HEIGHT);
  const bottom = top + HEIGHT * rows.length;
  const area: PlotArea = { left: LEFT, right: RIGHT, top, bottom };
  const x = logScale(
    [...values, values.reduce((least, ms) => Math.min(least, ms)) / STEP],
    [LEFT + 4, RIGHT - 4],
  );
  const told = drawn.map(({ name, ms }) => `${name} ${durationText(ms)}`).join(', ');
  const chart = {
    id,
    title,
    description: [...rows.map(describe), ...(told === '' ? [] : [`Marked: ${told}.`])].join(' '),
  };
  return {
    ...chart,
    caption,
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 44 },
      durationAxis(x, area, 'duration'),
      ...rows.map((row, index) => drawRow(row, x, top + index * HEIGHT)),
      ...drawMarks(drawn, x, area),
    ),
    table: {
      headings: ['Calls', 'up to', 'Count'],
      rows: [
        ...rows.flatMap(({ name, bars }) =>
          bars.map(({ ms, count }) => [name, durationText(ms), fixedText(count, 0)]),
        ),
        ...drawn.map(({ name, ms }) => [name, durationText(ms), '']),
      ],
    },
  };
}

/** Room for the names of marks, above the rows. */
const MARKS_HEIGHT = 18;

/** Names as far as they have room; every mark has its line. */
function drawMarks(marks: readonly DurationMark[], x: Scale, area: PlotArea): readonly Markup[] {
  const places = placeLabels(
    marks.map(({ name, ms }) => ({
      text: name,
      places: [{ x: x.at(ms), y: area.top - 4, anchor: 'middle' as const }],
    })),
    { left: area.left - 20, right: area.right + 20, top: area.top - 20, bottom: area.top },
  );
  return marks.map(({ name, ms }, index) =>
    fragment(
      line('pd-post-now pd-post', x.at(ms), area.top, x.at(ms), area.bottom),
      places[index] === null || places[index] === undefined
        ? null
        : label('pd-label', x.at(ms), area.top - 4, name, 'middle'),
    ),
  );
}

function drawRow({ name, bars, className }: BarsRow, x: Scale, top: number): Markup {
  const highest = bars.reduce((most, { count }) => Math.max(most, count), 1);
  const base = top + HEIGHT - 6;
  return fragment(
    label('pd-label', LEFT - 8, base - 2, name, 'end', LEFT - 8),
    line('pd-grid', LEFT, base, RIGHT, base),
    ...bars
      .filter(({ ms }) => isDrawable(ms))
      .map(({ ms, count }) => {
        const [from, to] = [x.at(ms / STEP), x.at(ms)];
        // A single call among a million is still seen.
        const height = Math.max(1, ((HEIGHT - 14) * count) / highest);
        return element('rect', {
          class: className,
          x: round(from),
          y: round(base - height),
          width: round(Math.max(1, to - from - 0.5)),
          height: round(height),
        });
      }),
  );
}

function describe({ name, bars }: BarsRow): string {
  const count = bars.reduce((sum, each) => sum + each.count, 0);
  return `${capitalise(name)}: ${fixedText(count, 0)} calls, the longest ${durationText(bars.at(-1)?.ms ?? null)}.`;
}

export function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
