import type { Goal } from '../../contract/tune/goal.ts';
import { AS_CHEAP, AS_FAST, shortfalls, type Point } from './choose.ts';
import { losses } from './losses.ts';

/** What is asked about a size. */
export type Question = 'serves-goal' | 'good-enough';

/**
 * Tells which points are, within a tolerance, what the goal asks for: for `cheapest`, `fastest` and
 * `balanced` those that fall short of the best by no more than that; for `best-value` those that are cheap
 * enough and, within the tolerance, as fast as the fastest that is. Ties that `choose` breaks by the other
 * figure are no shortfall.
 */
export function servesGoal(
  goal: Goal,
  points: readonly Point[],
  tolerance: number,
): readonly boolean[] {
  if (goal.kind !== 'best-value') {
    const allowed = Math.max(tolerance, tieOf(goal));
    return shortfalls(goal, points).map((short) => short <= allowed);
  }
  let cheapest = Infinity;
  for (const { costUsd } of points) cheapest = Math.min(cheapest, costUsd);
  const most = cheapest * (1 + tolerance);
  let fastest = Infinity;
  for (const { costUsd, durationMs } of points) {
    if (costUsd <= most) fastest = Math.min(fastest, durationMs);
  }
  const slowest = fastest * (1 + Math.max(tolerance, AS_FAST));
  return points.map(({ costUsd, durationMs }) => costUsd <= most && durationMs <= slowest);
}

function tieOf({ kind }: Goal): number {
  if (kind === 'cheapest') return AS_CHEAP;
  return kind === 'fastest' ? AS_FAST : 0;
}

/**
 * Tells which points are good enough to change to. For `best-value` whether the fastest size within the
 * tolerance costs 4.9 or 5.1 % more is a coin's toss that nothing hangs on: what loses nothing beyond a
 * margin will do.
 */
export function isGoodEnough(goal: Goal, points: readonly Point[]): readonly boolean[] {
  if (goal.kind !== 'best-value') return servesGoal(goal, points, goal.tolerance);
  return losses(goal, points).map((loss) => loss <= 0);
}
