import type { Goal } from '../../contract/tune/goal.ts';
import { choose } from './choose.ts';
import { meansOf } from './confidence.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** A faster size that the tolerance of `best-value` leaves out. */
export interface TradedAway {
  readonly memoryMb: number;
  /** Duration of the chosen size ÷ its own. */
  readonly speedup: number;
  /** How much more it costs than the chosen size, as a fraction of that. */
  readonly extraCostFraction: number;
  /** The least tolerance, in whole per cent, by which it would be chosen. */
  readonly tolerance: number;
}

/** A gain below this is not worth a word. */
const LEAST_SPEEDUP = 1.2;
/** Whoever pays half as much again wants another goal. */
const MOST_PERCENT = 50;

/** Returns the next size that a larger tolerance would choose; `null` where none is clearly faster. */
export function tradedAway(
  goal: Goal,
  candidates: readonly SizeEstimate[],
  chosen: SizeEstimate,
): TradedAway | null {
  if (goal.kind !== 'best-value') return null;
  const means = candidates.map(meansOf);
  const own = meansOf(chosen);
  for (let percent = Math.floor(goal.tolerance * 100) + 1; percent <= MOST_PERCENT; percent += 1) {
    const tolerance = percent / 100;
    const index = choose({ ...goal, tolerance }, means);
    const [size, mean] = [candidates[index], means[index]];
    if (size === undefined || mean === undefined) return null;
    const speedup = own.durationMs / mean.durationMs;
    const extraCostFraction = mean.costUsd / own.costUsd - 1;
    if (speedup < LEAST_SPEEDUP || extraCostFraction <= 0) continue;
    return { memoryMb: size.memoryMb, speedup, extraCostFraction, tolerance };
  }
  return null;
}
