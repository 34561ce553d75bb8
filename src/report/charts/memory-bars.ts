import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { memoryText } from '../../words/format/memory.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import { memoryShare } from '../../words/result/size-facts.ts';
import type { Chart } from './chart.ts';
import { drawing, label, line } from './drawing.ts';

const WIDTH = 480;
const LEFT = 86;
const RIGHT = WIDTH - 134;
const TOP = 14;

/** From here on a somewhat larger input may not fit. */
const NEARLY_FULL = 0.9;

function at(share: number): number {
  return LEFT + Math.min(share, 1) * (RIGHT - LEFT);
}

function row(size: SizeResult, productionMb: number | null, top: number, height: number): Markup {
  const share = memoryShare(size) ?? 0;
  const cells = sizeCells(size);
  const used = `${cells.memoryUsed}, ${cells.memoryShare}`;
  const bar = { x: LEFT, y: top + 3, height: height - 6, rx: 2 };
  const baseline = top + height / 2 + 4;
  return fragment(
    label('pd-label', LEFT - 8, baseline, cells.memory, 'end', LEFT - 8),
    element('rect', { class: 'pd-room', ...bar, width: RIGHT - LEFT }),
    element('rect', {
      class: share >= NEARLY_FULL ? 'pd-full' : 'pd-used',
      ...bar,
      width: at(share) - LEFT,
    }),
    productionMb === null
      ? null
      : line(
          'pd-axis',
          at(productionMb / size.memoryMb),
          bar.y - 2,
          at(productionMb / size.memoryMb),
          bar.y + bar.height + 2,
        ),
    label('pd-label', RIGHT + 8, baseline, used, 'start', WIDTH - RIGHT - 8),
  );
}

/** Returns the most memory that real calls used, by the size at which they ran. */
function usedInProduction(
  { history }: Result,
  sizes: readonly SizeResult[],
): ReadonlyMap<number, number> {
  return new Map(
    (history?.sizes ?? []).flatMap(({ memoryMb, maxMemoryUsedMb }) =>
      maxMemoryUsedMb === null || !sizes.some((size) => size.memoryMb === memoryMb)
        ? []
        : [[memoryMb, maxMemoryUsedMb] as const],
    ),
  );
}

function tabulate(
  sizes: readonly SizeResult[],
  production: ReadonlyMap<number, number>,
): Chart['table'] {
  const isKnown = production.size > 0;
  return {
    headings: ['Memory', 'Most used', 'Share', ...(isKnown ? ['Real calls'] : [])],
    rows: sizes.map((size) => {
      const cells = sizeCells(size);
      const real = memoryText(production.get(size.memoryMb) ?? null);
      return [cells.memory, cells.memoryUsed, cells.memoryShare, ...(isKnown ? [real] : [])];
    }),
  };
}

/** Tells how much of each size the function used at most. `null` where no log told. */
export function memoryBars(result: Result): Chart | null {
  const sizes = result.sizes
    .filter((size) => memoryShare(size) !== null)
    .toSorted((a, b) => a.memoryMb - b.memoryMb);
  if (sizes.length === 0) return null;
  const height = Math.min(Math.max(Math.floor(340 / sizes.length), 18), 28);
  const bottom = TOP + height * sizes.length;
  const full = sizes.filter((size) => (memoryShare(size) ?? 0) >= NEARLY_FULL);
  const chart = {
    id: 'memory',
    title: 'Memory used',
    description: `The most memory that any invocation used, as a share of each of ${sizes.length} sizes. ${
      full.length === 0
        ? 'No size was nearly full.'
        : `Nearly full: ${full.map(({ memoryMb }) => memoryText(memoryMb)).join(', ')}.`
    }`,
  };
  const production = usedInProduction(result, sizes);
  const marks = [0, 0.5, 1];
  return {
    ...chart,
    caption: `The most that any invocation used; the whole width of a bar is the size.${
      production.size === 0 ? '' : ' A line: the most that real calls used at that size.'
    }`,
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 28 },
      ...sizes.map((size, index) =>
        row(size, production.get(size.memoryMb) ?? null, TOP + index * height, height),
      ),
      ...marks.flatMap((share) => [
        line('pd-tick', at(share), bottom, at(share), bottom + 4),
        label('pd-label', at(share), bottom + 18, `${share * 100} %`, 'middle'),
      ]),
    ),
    table: tabulate(sizes, production),
  };
}
