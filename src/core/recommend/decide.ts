import type { Goal } from '../../contract/tune/goal.ts';
import type { RunnerUp, Unsure } from '../../contract/tune/confidence.ts';
import type { Verdict } from '../../contract/tune/result.ts';
import { AS_CHEAP, AS_FAST, choose } from './choose.ts';
import { compareSizes, meansOf, probabilities, type Comparison } from './confidence.ts';
import type { SizeEstimate } from './size-estimate.ts';
import { mostStated } from './stated-probability.ts';

/** How probable it must be that a size is good enough for a verdict other than inconclusive. */
export const SURE_ENOUGH = 0.9;
/** Fewer values than this decide nothing. */
export const FEWEST_VALUES = 3;
/** Gains below these are not worth a change, however certain. */
const WORTH_SAVING = 0.01;
const WORTH_SPEEDUP = 1.05;

export interface Decision {
  readonly verdict: Verdict;
  readonly memoryMb: number;
  /** Probability that the size is, within the goal's tolerance, what the goal asks for. */
  readonly withinTolerance: number;
  /** The size that is it most probably, of the others; `null` where there is no other. */
  readonly runnerUp: RunnerUp | null;
  /** What keeps an inconclusive verdict from being another; `null` for every other verdict. */
  readonly unsure: Unsure | null;
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
  const serving = probabilities(goal, candidates, 'serves-goal').map((probability, index) =>
    Math.min(probability, mostStated(candidates[index]?.count ?? 0)),
  );
  const decision = (size: SizeEstimate, verdict: Verdict, unsure: Unsure | null): Decision => ({
    verdict,
    memoryMb: size.memoryMb,
    withinTolerance: serving[candidates.indexOf(size)] ?? 0,
    runnerUp: runnerUpTo(size, candidates, serving),
    unsure,
    comparison: present === null ? null : compareSizes(goal, present, size),
  });
  const { verdict, memoryMb, unsure } = judgeSizes(goal, candidates, best, present);
  return decision(memoryMb === best.memoryMb ? best : (present ?? best), verdict, unsure);
}

function runnerUpTo(
  chosen: SizeEstimate,
  candidates: readonly SizeEstimate[],
  serving: readonly number[],
): RunnerUp | null {
  return candidates.reduce<RunnerUp | null>((first, { memoryMb }, index) => {
    const probability = serving[index] ?? 0;
    if (memoryMb === chosen.memoryMb || probability <= (first?.probability ?? -1)) return first;
    return { memoryMb, probability };
  }, null);
}

/** Tells what can be said of the best size and of the present one, with so many times the observations. */
export function judgeSizes(
  goal: Goal,
  candidates: readonly SizeEstimate[],
  best: SizeEstimate,
  present: SizeEstimate | null,
  times = 1,
): Pick<Decision, 'verdict' | 'memoryMb' | 'unsure'> {
  const goodEnough = probabilities(goal, candidates, 'good-enough', times);
  const probabilityOf = (size: SizeEstimate): number => goodEnough[candidates.indexOf(size)] ?? 0;
  const isKnown = (size: SizeEstimate): boolean => size.count * times >= FEWEST_VALUES;
  const judged = (size: SizeEstimate, verdict: Exclude<Verdict, 'inconclusive'>) => {
    const probability = probabilityOf(size);
    if (!isKnown(size)) return unsureOf({ what: 'few-observations', probability: null });
    if (probability < SURE_ENOUGH) return unsureOf({ what: 'choice', probability });
    return { verdict, memoryMb: size.memoryMb, unsure: null };
  };
  const unsureOf = (unsure: Unsure) => {
    return { verdict: 'inconclusive' as const, memoryMb: best.memoryMb, unsure };
  };

  if (best.memoryMb === present?.memoryMb) return judged(best, 'keep');
  const mayStay = candidates.some(({ memoryMb }) => memoryMb === present?.memoryMb);
  if (present === null || !mayStay) return judged(best, 'change');
  const comparison = compareSizes(goal, present, best, times);
  if (comparison === null) return unsureOf({ what: 'few-observations', probability: null });
  if (isWorthIt(goal, comparison)) return judged(best, 'change');
  const ofPresent = probabilityOf(present);
  const asGood =
    isKnown(present) && ofPresent >= SURE_ENOUGH && !mightBeMuchFaster(goal, comparison);
  if (asGood) return { verdict: 'keep', memoryMb: present.memoryMb, unsure: null };
  // The best may well be known as such: what is not known is whether the present size is as good.
  return probabilityOf(best) < SURE_ENOUGH
    ? unsureOf({ what: 'choice', probability: probabilityOf(best) })
    : unsureOf({ what: 'present-size', probability: ofPresent });
}

function isWorthIt(goal: Goal, { savingsFraction, speedup, balance }: Comparison): boolean {
  const saves = savingsFraction.low > 0 && savingsFraction.estimate >= WORTH_SAVING;
  // Whoever takes no two sizes for equally fast wants the faster one, by however little.
  const worthSpeedup = goal.tie === 0 ? 1 : WORTH_SPEEDUP;
  const speeds = speedup.low > 1 && speedup.estimate >= worthSpeedup;
  switch (goal.kind) {
    case 'cheapest':
      return saves || (speeds && savingsFraction.estimate >= -AS_CHEAP);
    case 'fastest':
      return speeds || (saves && speedup.estimate >= 1 - (goal.tie ?? AS_FAST));
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
