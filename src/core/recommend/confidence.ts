import type { Goal } from '../../contract/tune/goal.ts';
import type { Interval } from '../../contract/tune/interval.ts';
import { CONFIDENCE } from '../statistics/mean-interval.ts';
import { quantileOf } from '../statistics/quantile.ts';
import type { Point } from './choose.ts';
import { isGoodEnough, servesGoal, type Question } from './serves-goal.ts';
import type { SizeEstimate } from './size-estimate.ts';
import { statedProbability } from './stated-probability.ts';

/** How many curves are drawn from what is believed. */
export const DRAWS = 999;

/**
 * In which share of the drawn curves each size serves the goal.
 *
 * @param sizes that could be chosen
 * @param times how many times the observations there are, to look ahead: draws come that much closer
 */
export function sharesOfDraws(
  goal: Goal,
  sizes: readonly SizeEstimate[],
  question: Question,
  times = 1,
): readonly number[] {
  const centers = sizes.map(meansOf);
  const closer = sizes.map((size) => closerBy(size, times));
  const counts = sizes.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const points = sizes.map((size, index) =>
      interpolate(centers[index] as Point, pointOf(size, draw), closer[index] as number),
    );
    const does =
      question === 'serves-goal'
        ? servesGoal(goal, points, goal.tolerance)
        : isGoodEnough(goal, points);
    for (const [index, it] of does.entries()) if (it) (counts[index] as number) += 1;
  }
  return counts.map((count) => count / DRAWS);
}

/** Returns the same as probabilities to be stated, calibrated. */
export function probabilities(
  goal: Goal,
  sizes: readonly SizeEstimate[],
  question: Question,
  times = 1,
): readonly number[] {
  const shares = sharesOfDraws(goal, sizes, question, times);
  return shares.map((share) => statedProbability(goal, question, share));
}

/** What environments add to an error stays, however often the same ones are asked. */
function closerBy({ belief }: SizeEstimate, times: number): number {
  const stays = belief.environmentPart;
  return Math.sqrt(stays + (1 - stays) / times);
}

function interpolate(center: Point, draw: Point, share: number): Point {
  return {
    durationMs: center.durationMs + share * (draw.durationMs - center.durationMs),
    costUsd: center.costUsd + share * (draw.costUsd - center.costUsd),
  };
}

function pointOf(size: SizeEstimate, draw: number): Point {
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
 * @param times how many times the observations there are, to look ahead
 * @returns `null` where one of them has a single value, which has no spread to make an interval of
 */
export function compareSizes(
  goal: Goal,
  now: SizeEstimate,
  next: SizeEstimate,
  times = 1,
): Comparison | null {
  if (now.count * times < 2 || next.count * times < 2) return null;
  const same = now.memoryMb === next.memoryMb;
  const [nowCloser, nextCloser] = [closerBy(now, times), closerBy(next, times)];
  const interval = (of: (now: Point, next: Point) => number): Interval => {
    const estimate = of(meansOf(now), meansOf(next));
    if (same) return { estimate, low: estimate, high: estimate };
    const draws = Array.from({ length: DRAWS }, (_, draw) =>
      of(
        interpolate(meansOf(now), pointOf(now, draw), nowCloser),
        interpolate(meansOf(next), pointOf(next, draw), nextCloser),
      ),
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

/** Tells what is believed of a size's means, as a point that a goal can weigh. */
export function meansOf({ belief }: SizeEstimate): Point {
  return { durationMs: belief.durationMs, costUsd: belief.costUsd };
}
