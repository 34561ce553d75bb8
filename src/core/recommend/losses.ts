import type { Goal } from '../../contract/tune/goal.ts';
import { shortfalls, type Point } from './choose.ts';

/** Best-value compares speed with sizes that cost this much less than its tolerance allows. */
const MARGIN = 0.03;
const TIME_SLACK = 0.05;

/**
 * Tells what is lost by taking each point, as a fraction: in cost for `cheapest`, in time for `fastest`, in
 * the score for `balanced`. `best-value` loses by costing more than its tolerance and a margin, and by being
 * slower than the fastest size that is safely within it: what lies in between is a matter of taste and not
 * worth an invocation.
 */
export function losses(goal: Goal, points: readonly Point[]): readonly number[] {
  const short = shortfalls(goal, points);
  if (goal.kind !== 'best-value') return short;
  const safe = Math.max(0, goal.tolerance - MARGIN);
  let reference = Infinity;
  for (let index = 0; index < points.length; index += 1) {
    const { durationMs } = points[index] as Point;
    if ((short[index] ?? Infinity) <= safe) reference = Math.min(reference, durationMs);
  }
  return points.map(({ durationMs }, index) => {
    const tooDear = Math.max(0, (short[index] ?? 0) - goal.tolerance - MARGIN);
    const tooSlow = Math.max(0, durationMs / reference - 1 - TIME_SLACK);
    return tooDear + tooSlow;
  });
}
