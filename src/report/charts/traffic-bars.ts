import type { ResultHistory } from '../../contract/history/traffic.ts';
import type { Result } from '../../contract/tune/result.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { fixedText } from '../../words/format/rounding.ts';
import { trafficText } from '../../words/result/traffic.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { durationAxis } from './duration-axis.ts';
import { type PlotArea, drawing, label, line } from './drawing.ts';
import { samplesBySize } from './samples.ts';
import { type Scale, isDrawable, logScale } from './scales.ts';

const WIDTH = 480;
const LEFT = 110;
const RIGHT = WIDTH - 24;
const TOP = 14;
const HEIGHT = 56;
/** Steps of durations are so wide. */
const STEP = 1.1;

type Bars = ResultHistory['durations']['warm'];

interface Row {
  readonly name: string;
  readonly bars: Bars;
  readonly className: string;
}

/** Real calls and those of this run at the present size, in the same steps. `null` where nothing is known of real calls. */
export function trafficBars(result: Result): Chart | null {
  const { history, current } = result;
  if (history === undefined || history === null || current.memoryMb === null) return null;
  const own = samplesBySize(result)?.find(({ memoryMb }) => memoryMb === current.memoryMb);
  const rows: readonly Row[] = [
    { name: 'real, warm', bars: history.durations.warm, className: 'pd-used' },
    { name: 'real, cold', bars: history.durations.cold, className: 'pd-caller' },
    { name: 'this run, warm', bars: stepsOf(own?.warmMs ?? []), className: 'pd-used' },
    { name: 'this run, cold', bars: stepsOf(own?.coldMs ?? []), className: 'pd-caller' },
  ].filter(({ bars }) => bars.some(({ ms }) => isDrawable(ms)));
  if (rows.length === 0) return null;
  const all = rows.flatMap(({ bars }) => bars.map(({ ms }) => ms)).filter(isDrawable);
  const bottom = TOP + HEIGHT * rows.length;
  const area: PlotArea = { left: LEFT, right: RIGHT, top: TOP, bottom };
  const x = logScale(
    [...all, all.reduce((least, ms) => Math.min(least, ms)) / STEP],
    [LEFT + 4, RIGHT - 4],
  );
  const chart = {
    id: 'traffic',
    title: `Your calls at ${memoryText(current.memoryMb)}`,
    description: rows.map(describe).join(' '),
  };
  return {
    ...chart,
    caption: `${capitalise(trafficText(result) ?? '')}. How many calls took up to so long, in steps of 10 %; each row by its own highest bar.`,
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 44 },
      durationAxis(x, area, 'duration'),
      ...rows.map((row, index) => drawRow(row, x, TOP + index * HEIGHT)),
    ),
    table: {
      headings: ['Calls', 'up to', 'Count'],
      rows: rows.flatMap(({ name, bars }) =>
        bars.map(({ ms, count }) => [name, durationText(ms), fixedText(count, 0)]),
      ),
    },
  };
}

/** Returns the same steps that history counts in, each by the longest that it holds. */
function stepsOf(valuesMs: readonly number[]): Bars {
  const steps = new Map<number, { readonly ms: number; readonly count: number }>();
  for (const ms of valuesMs.toSorted((a, b) => a - b)) {
    const step = Math.floor(Math.log(ms) / Math.log(STEP));
    steps.set(step, { ms, count: (steps.get(step)?.count ?? 0) + 1 });
  }
  return [...steps.values()];
}

function drawRow({ name, bars, className }: Row, x: Scale, top: number): Markup {
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

function describe({ name, bars }: Row): string {
  const count = bars.reduce((sum, each) => sum + each.count, 0);
  return `${capitalise(name)}: ${fixedText(count, 0)} calls, the longest ${durationText(bars.at(-1)?.ms ?? null)}.`;
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
