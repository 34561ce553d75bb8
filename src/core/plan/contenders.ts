import type { Goal } from '../../contract/goal.ts';
import { choose, shortfalls } from '../recommend/choose.ts';
import type { QuickEstimate } from './quick-estimate.ts';

/** How many standard errors apart two sizes must be for the worse one to be dropped. */
const DROP_AT = 2.5;

/**
 * The sizes that may still turn out the best: those whose shortfall, less what both may be off, is
 * within the goal's tolerance.
 */
export function contenders(goal: Goal, sizes: readonly QuickEstimate[]): readonly QuickEstimate[] {
  const best = sizes[choose(goal, sizes)];
  const short = shortfalls(goal, sizes);
  const leader = sizes[short.indexOf(0)] ?? best;
  return sizes.filter((size, index) => {
    const doubt = DROP_AT * Math.hypot(size.relativeError, leader?.relativeError ?? 0);
    return (1 + (short[index] ?? Infinity)) * (1 - doubt) <= 1 + goal.tolerance;
  });
}
