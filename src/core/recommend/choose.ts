import type { Goal } from '../../contract/tune/goal.ts';

/** What a goal weighs of a size. */
export interface Point {
  readonly durationMs: number;
  readonly costUsd: number;
}

/**
 * Differences this small are no reason: among sizes as cheap as the cheapest the faster one is taken,
 * among those as fast as the fastest the cheaper one.
 */
export const AS_CHEAP = 0.005;
export const AS_FAST = 0.02;

/**
 * Returns the size that serves the goal best, of means taken as they are.
 *
 * @param points at least one
 * @returns its index
 */
export function choose(goal: Goal, points: readonly Point[]): number {
  const indices = points.map((_, index) => index);
  const cost = (index: number): number => points[index]?.costUsd ?? Infinity;
  const duration = (index: number): number => points[index]?.durationMs ?? Infinity;
  const score = (index: number): number => balancedScore(goal, points[index], points[0]);
  switch (goal.kind) {
    case 'cheapest':
      return least(near(indices, cost, AS_CHEAP), duration);
    case 'fastest':
      return least(near(indices, duration, goal.tie ?? AS_FAST), cost);
    case 'best-value':
      return least(near(near(indices, cost, goal.tolerance), duration, AS_FAST), cost);
    case 'balanced':
      return least(indices, score);
  }
}

/**
 * By which fraction each point falls short of the best: in cost for `cheapest` and `best-value`, in
 * duration for `fastest`, in the score for `balanced`.
 */
export function shortfalls(goal: Goal, points: readonly Point[]): readonly number[] {
  const values = points.map((point) => {
    switch (goal.kind) {
      case 'cheapest':
      case 'best-value':
        return point.costUsd;
      case 'fastest':
        return point.durationMs;
      case 'balanced':
        return Math.exp(balancedScore(goal, point, points[0]));
    }
  });
  const best = Math.min(...values);
  return values.map((value) => value / best - 1);
}

/**
 * Logarithm of cost^weight × duration^(1 − weight), both as multiples of a reference. Ratios count, so
 * neither the unit nor an extreme size in the list shifts the balance, as it does where values are divided
 * by the largest; taken before the logarithm, they decide between sizes that differ in the last digit, too.
 */
function balancedScore(goal: Goal, point: Point | undefined, reference: Point | undefined): number {
  if (point === undefined || reference === undefined) return Infinity;
  const cost = Math.log(point.costUsd / reference.costUsd);
  const duration = Math.log(point.durationMs / reference.durationMs);
  return goal.weight * cost + (1 - goal.weight) * duration;
}

function near(
  indices: readonly number[],
  value: (index: number) => number,
  fraction: number,
): readonly number[] {
  const best = Math.min(...indices.map(value));
  return indices.filter((index) => value(index) <= best * (1 + fraction));
}

/** Returns the first of equals, which is the smallest size where sizes ascend. */
function least(indices: readonly number[], value: (index: number) => number): number {
  return indices.reduce(
    (best, index) => (value(index) < value(best) ? index : best),
    indices[0] ?? 0,
  );
}
