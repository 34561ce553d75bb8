import type { Result } from '../../contract/tune/result.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { type Markup, element } from '../markup/element.ts';
import { line } from './drawing.ts';
import type { PanelFrame } from './panel.ts';
import { isDrawable } from './scales.ts';

interface ProductionQuantiles {
  readonly memoryMb: number;
  readonly p50: number;
  readonly p95: number;
}

/** Returns what real calls took at the present size; `null` where production's logs do not tell, or the size is not drawn. */
export function productionQuantiles({
  history,
  current,
  sizes,
}: Result): ProductionQuantiles | null {
  const { memoryMb } = current;
  const found = history?.sizes.find((size) => size.memoryMb === memoryMb)?.durationMs;
  if (memoryMb === null || found === undefined) return null;
  const isOnAxis = sizes.some((size) => size.memoryMb === memoryMb);
  const { p50, p95 } = found;
  return isOnAxis && isDrawable(p50) && isDrawable(p95) ? { memoryMb, p50, p95 } : null;
}

/** How far it stands beside the experiment's own mark. */
const BESIDE = 13;

/** Draws real calls beside the experiment: a hollow square at their median, a line up to their p95. */
export function productionMark(
  { memoryMb, p50, p95 }: ProductionQuantiles,
  frame: PanelFrame,
): Markup {
  const { x, y, area } = frame;
  const at = Math.min(x.at(memoryMb) + BESIDE, area.right - 5);
  const [median, high] = [y.at(p50), y.at(p95)];
  const text = `real calls at ${memoryText(memoryMb)}: median ${durationText(p50)}, p95 ${durationText(p95)}`;
  return element(
    'g',
    {},
    element('title', {}, text),
    line('pd-real-line', at, median, at, high),
    line('pd-real-line', at - 4, high, at + 4, high),
    element('rect', { class: 'pd-real', x: at - 4.5, y: median - 4.5, width: 9, height: 9 }),
  );
}
