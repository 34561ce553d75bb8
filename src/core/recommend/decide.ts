import type { Goal } from '../../contract/tune/goal.ts';
import type { Verdict } from '../../contract/tune/result.ts';
import { AS_CHEAP, AS_FAST, choose } from './choose.ts';
import { compareSizes, meansOf, probabilityWithin, type Comparison } from './confidence.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** How probable it must be that a size is within the tolerance for a verdict other than inconclusive. */
export const SURE_ENOUGH = 0.9;
/** Fewer values than this decide nothing. */
export const FEWEST_VALUES = 3;
/** Gains below these are not worth a change, however certain. */
const WORTH_SAVING = 0.01;
const WORTH_SPEEDUP = 1.05;
/**
 * The fastest size within the tolerance often costs just that much: whether it is within is then a coin's
 * toss that nothing hangs on. The verdict allows it this much more; the stated probability does not.
 */
const BEST_VALUE_SLACK = 0.03;

export interface Decision {
  readonly verdict: Verdict;
  readonly memoryMb: number;
  /** Probability that the size is within the goal's tolerance of the best. */
  readonly withinTolerance: number;
  /** Against the present size, where both have an interval. */
  readonly comparison: Comparison | null;
}

/**
 * Chooses a size and says whether to change to it. The present size stays when it is the best, or when
 * it is as good as the best and the gain is noise or not worth it.
 *
 * @param candidates that may be recommended, ascending, at least one
 * @param present the present size as measured, also where it may not be recommended
 */
export function decide(
  goal: Goal,
  candidates: readonly SizeEstimate[],
  present: SizeEstimate | null,
): Decision {
  const best = candidates[choose(goal, candidates.map(meansOf))];
  if (best === undefined)
    throw new RangeError('Could not decide: wanted a candidate, there is none.');
  const decision = (size: SizeEstimate, verdict: Verdict): Decision => ({
    verdict,
    memoryMb: size.memoryMb,
    withinTolerance: probabilityWithin(goal, candidates, size.memoryMb, goal.tolerance),
    comparison: present === null ? null : compareSizes(goal, present, size),
  });
  const isSure = (size: SizeEstimate): boolean =>
    size.count >= FEWEST_VALUES &&
    probabilityWithin(goal, candidates, size.memoryMb, verdictTolerance(goal)) >= SURE_ENOUGH;

  if (best.memoryMb === present?.memoryMb) {
    return decision(best, isSure(best) ? 'keep' : 'inconclusive');
  }
  const mayStay = candidates.some(({ memoryMb }) => memoryMb === present?.memoryMb);
  if (present !== null && mayStay) {
    const comparison = compareSizes(goal, present, best);
    if (comparison === null) return decision(best, 'inconclusive');
    if (!isWorthIt(goal, comparison)) {
      const asGood = isSure(present) && !mightBeMuchFaster(goal, comparison);
      return asGood ? decision(present, 'keep') : decision(best, 'inconclusive');
    }
  }
  return decision(best, isSure(best) ? 'change' : 'inconclusive');
}

export function verdictTolerance(goal: Goal): number {
  return goal.kind === 'best-value' ? goal.tolerance + BEST_VALUE_SLACK : goal.tolerance;
}

function isWorthIt(goal: Goal, { savingsFraction, speedup, balance }: Comparison): boolean {
  const saves = savingsFraction.low > 0 && savingsFraction.estimate >= WORTH_SAVING;
  const speeds = speedup.low > 1 && speedup.estimate >= WORTH_SPEEDUP;
  switch (goal.kind) {
    case 'cheapest':
      return saves || (speeds && savingsFraction.estimate >= -AS_CHEAP);
    case 'fastest':
      return speeds || (saves && speedup.estimate >= 1 - AS_FAST);
    case 'best-value':
      return saves || speeds;
    case 'balanced':
      return balance.low > 1 && balance.estimate >= 1 + WORTH_SAVING;
  }
}

/** For best-value, costing as little is not all: the other size may yet turn out a good deal faster. */
function mightBeMuchFaster(goal: Goal, { speedup }: Comparison): boolean {
  return goal.kind === 'best-value' && speedup.high > 1.25;
}
