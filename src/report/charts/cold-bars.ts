import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { isShown } from '../../words/format/missing.ts';
import { percentText } from '../../words/format/percent.ts';
import { fixedText } from '../../words/format/rounding.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { drawing, label } from './drawing.ts';
import { samplesBySize } from './samples.ts';
import { type Scale, scaleFromZero } from './scales.ts';

const WIDTH = 480;
const LEFT = 86;
const RIGHT = WIDTH - 178;
const TOP = 36;

/** What a cold start of one size takes: to initialise, then to run. */
interface ColdSize {
  readonly memoryMb: number;
  readonly coldStarts: number;
  readonly initMs: number;
  /** `null` where no cold invocation ended well. */
  readonly runMs: number | null;
}

function coldSizes(result: Result): readonly ColdSize[] {
  const samples = samplesBySize(result);
  const runOf = ({ memoryMb }: SizeResult): number | null => {
    const found = samples?.find((each) => each.memoryMb === memoryMb)?.coldMs ?? [];
    return found.length === 0 ? null : found.reduce((sum, ms) => sum + ms, 0) / found.length;
  };
  return result.sizes
    .flatMap((size) => {
      const initMs = size.initMs?.mean;
      if (!isShown(initMs) || initMs < 0) return [];
      return {
        memoryMb: size.memoryMb,
        coldStarts: size.coldStarts,
        initMs,
        runMs: runOf(size),
      };
    })
    .toSorted((a, b) => a.memoryMb - b.memoryMb);
}

function valueText({ initMs, runMs, coldStarts }: ColdSize): string {
  const run = runMs === null ? '' : ` + ${durationText(runMs)}`;
  return `${durationText(initMs)}${run} ×${fixedText(coldStarts, 0)}`;
}

function row(size: ColdSize, x: Scale, top: number, height: number): Markup {
  const bar = { y: top + 3, height: height - 6 };
  const [start, middle] = [x.at(0), x.at(size.initMs)];
  const end = x.at(size.initMs + (size.runMs ?? 0));
  const baseline = top + height / 2 + 4;
  return fragment(
    label('pd-label', LEFT - 8, baseline, memoryText(size.memoryMb), 'end', LEFT - 8),
    element('rect', { class: 'pd-cold-init', x: start, ...bar, width: middle - start }),
    element('rect', { class: 'pd-cold-run', x: middle, ...bar, width: end - middle }),
    label('pd-label', RIGHT + 8, baseline, valueText(size), 'start', WIDTH - RIGHT - 8),
  );
}

/** Tells what a cold start takes at each size, apart from everything else. `null` where none was seen. */
export function coldBars(result: Result): Chart | null {
  const sizes = coldSizes(result);
  if (sizes.length === 0) return null;
  const height = Math.min(Math.max(Math.floor(340 / sizes.length), 18), 28);
  const bottom = TOP + height * sizes.length;
  const longest = Math.max(...sizes.map(({ initMs, runMs }) => initMs + (runMs ?? 0)));
  // Bars begin at 0 whatever they span.
  const x = scaleFromZero([0, longest], [LEFT, RIGHT]);
  const { coldShare } = result.input;
  const chart = {
    id: 'cold',
    title: 'Cold starts',
    description: `What cold starts take at ${sizes.length} sizes: ${sizes
      .map((size) => `${memoryText(size.memoryMb)} ${valueText(size)}`)
      .join(', ')}.`,
  };
  return {
    ...chart,
    caption: `Means of the init and of the first run of an environment, which no other figure holds. Costs count them for ${percentText(coldShare)} of the calls.`,
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 8 },
      element('rect', { class: 'pd-cold-init', x: LEFT, y: 9, width: 12, height: 12 }),
      label('pd-label', LEFT + 18, 20, 'init'),
      element('rect', { class: 'pd-cold-run', x: LEFT + 70, y: 9, width: 12, height: 12 }),
      label('pd-label', LEFT + 88, 20, 'first run'),
      ...sizes.map((size, index) => row(size, x, TOP + index * height, height)),
    ),
    table: {
      headings: ['Memory', 'Init', 'First run', 'Cold starts'],
      rows: sizes.map(({ memoryMb, initMs, runMs, coldStarts }) => [
        memoryText(memoryMb),
        durationText(initMs),
        durationText(runMs),
        fixedText(coldStarts, 0),
      ]),
    },
  };
}
