import type { Goal } from '../../contract/tune/goal.ts';
import type { Interval } from '../../contract/tune/result.ts';
import { CONFIDENCE } from '../statistics/mean-interval.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { shortfalls } from './choose.ts';
import type { SizeEstimate } from './size-estimate.ts';
import { statedProbability } from './stated-probability.ts';

/** How many curves are drawn from what is believed. */
export const DRAWS = 999;

/**
 * The probability that a size falls short of the best one by no more than a fraction: the share of
 * drawn curves in which it does, calibrated.
 *
 * @param sizes that could be chosen
 * @param times how many times the observations there are, to look ahead: draws come that much closer
 */
export function probabilityWithin(
  goal: Goal,
  sizes: readonly SizeEstimate[],
  memoryMb: number,
  tolerance: number,
  times = 1,
): number {
  const index = sizes.findIndex((size) => size.memoryMb === memoryMb);
  const closer = 1 / Math.sqrt(times);
  let within = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const points = sizes.map((size) => between(meansOf(size), pointOf(size, draw), closer));
    if ((shortfalls(goal, points)[index] ?? Infinity) <= tolerance) within += 1;
  }
  return statedProbability(goal.kind, within / DRAWS);
}

function between(center: PointLike, draw: PointLike, share: number): PointLike {
  return {
    durationMs: center.durationMs + share * (draw.durationMs - center.durationMs),
    costUsd: center.costUsd + share * (draw.costUsd - center.costUsd),
  };
}

function pointOf(size: SizeEstimate, draw: number): { durationMs: number; costUsd: number } {
  return {
    durationMs: size.belief.draws.durationMs[draw] ?? Infinity,
    costUsd: size.belief.draws.costUsd[draw] ?? Infinity,
  };
}

/** What changing from one size to another brings, with 95 % intervals. */
export interface Comparison {
  /** 1 − cost ÷ cost now. */
  readonly savingsFraction: Interval;
  /** Duration now ÷ duration. */
  readonly speedup: Interval;
  /** Balanced score now ÷ score: above 1 is better. */
  readonly balance: Interval;
}

/**
 * Compares a size with the present one.
 *
 * @returns `null` where one of them has a single value, which has no spread to make an interval of
 */
export function compareSizes(goal: Goal, now: SizeEstimate, next: SizeEstimate): Comparison | null {
  if (now.count < 2 || next.count < 2) return null;
  const same = now.memoryMb === next.memoryMb;
  const interval = (of: (now: PointLike, next: PointLike) => number): Interval => {
    const estimate = of(meansOf(now), meansOf(next));
    if (same) return { estimate, low: estimate, high: estimate };
    const draws = Array.from({ length: DRAWS }, (_, draw) =>
      of(pointOf(now, draw), pointOf(next, draw)),
    ).toSorted((a, b) => a - b);
    return {
      estimate,
      low: quantileOf(draws, (1 - CONFIDENCE) / 2),
      high: quantileOf(draws, (1 + CONFIDENCE) / 2),
    };
  };
  return {
    savingsFraction: interval((a, b) => 1 - b.costUsd / a.costUsd),
    speedup: interval((a, b) => a.durationMs / b.durationMs),
    balance: interval(
      (a, b) =>
        (a.costUsd / b.costUsd) ** goal.weight * (a.durationMs / b.durationMs) ** (1 - goal.weight),
    ),
  };
}

interface PointLike {
  readonly durationMs: number;
  readonly costUsd: number;
}

/** What is believed of a size's means, as a point that a goal can weigh. */
export function meansOf({ belief }: SizeEstimate): PointLike {
  return { durationMs: belief.durationMs, costUsd: belief.costUsd };
}
