import type { MoreMeasuring } from '../../contract/tune/result.ts';
import { MAX_INVOCATIONS } from '../../contract/shared/memory.ts';
import type { Goal } from '../../contract/tune/goal.ts';
import { probabilityWithin } from './confidence.ts';
import { FEWEST_VALUES, SURE_ENOUGH, verdictTolerance } from './decide.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** Sizes this much more expensive or slower than the choice need not be measured again. */
const CONTENDS_WITHIN = 0.5;

/**
 * What more measuring would cost until the choice is sure enough: the number of observations is doubled,
 * and what is believed drawn closer to its middle, until the stated probability suffices. The truth may lie
 * elsewhere than the middle, so this is what to expect and no promise.
 *
 * @param keepsLimits whether so many times as many observations like those would vouch for the limits
 * @returns `null` where a whole run of invocations would not settle it
 */
export function moreMeasuring(
  goal: Goal,
  candidates: readonly SizeEstimate[],
  chosen: SizeEstimate,
  keepsLimits: (times: number) => boolean = () => true,
): MoreMeasuring | null {
  const contenders = candidates.filter(
    ({ belief }) =>
      belief.costUsd <= chosen.belief.costUsd * (1 + CONTENDS_WITHIN) ||
      belief.durationMs <= chosen.belief.durationMs,
  );
  const tolerance = verdictTolerance(goal);
  for (let times = 2; times <= 1024; times *= 2) {
    const extra = contenders.map(({ count }) => Math.max(FEWEST_VALUES, count) * times - count);
    const invocations = extra.reduce((sum, count) => sum + count, 0);
    if (invocations > MAX_INVOCATIONS) return null;
    const sure = probabilityWithin(goal, candidates, chosen.memoryMb, tolerance, times);
    if (sure >= SURE_ENOUGH && keepsLimits(times)) {
      const usd = contenders.reduce(
        (sum, { belief }, index) => sum + belief.costUsd * (extra[index] ?? 0),
        0,
      );
      return { invocations, usd };
    }
  }
  return null;
}
