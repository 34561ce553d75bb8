import type { MoreMeasuring } from '../../contract/tune/result.ts';
import { MAX_INVOCATIONS } from '../../contract/shared/memory.ts';
import type { Goal } from '../../contract/tune/goal.ts';
import { FEWEST_VALUES, judgeSizes } from './decide.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** Sizes this much more expensive or slower than the choice need not be measured again. */
const CONTENDS_WITHIN = 0.5;

/**
 * Tells what more measuring would cost until the verdict is no longer inconclusive: the number of
 * observations is doubled, and what is believed drawn closer to its middle, until the same judgement comes
 * out sure. What is judged is all that was: the choice, and the present size it is held against. The truth
 * may lie elsewhere than the middle, so this is what to expect and no promise.
 *
 * @param best what would be chosen
 * @param present as measured; `null` where it was not
 * @param keepsLimits whether so many times as many observations like those would vouch for the limits
 * @returns `null` where a whole run of invocations would not settle it
 */
export function moreMeasuring(
  goal: Goal,
  candidates: readonly SizeEstimate[],
  best: SizeEstimate,
  present: SizeEstimate | null,
  keepsLimits: (times: number) => boolean = () => true,
): MoreMeasuring | null {
  const contenders = candidates.filter(
    ({ belief, memoryMb }) =>
      memoryMb === present?.memoryMb ||
      belief.costUsd <= best.belief.costUsd * (1 + CONTENDS_WITHIN) ||
      belief.durationMs <= best.belief.durationMs,
  );
  for (let times = 2; times <= 1024; times *= 2) {
    const extra = contenders.map(({ count }) => Math.max(FEWEST_VALUES, count) * times - count);
    const invocations = extra.reduce((sum, count) => sum + count, 0);
    if (invocations > MAX_INVOCATIONS) return null;
    const { verdict } = judgeSizes(goal, candidates, best, present, times);
    if (verdict !== 'inconclusive' && keepsLimits(times)) {
      const usd = contenders.reduce(
        (sum, { belief }, index) => sum + belief.costUsd * (extra[index] ?? 0),
        0,
      );
      return { invocations, usd };
    }
  }
  return null;
}
