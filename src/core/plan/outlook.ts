import type { Goal } from '../../contract/tune/goal.ts';
import { choose, type Point } from '../recommend/choose.ts';
import type { Belief } from '../recommend/beliefs.ts';
import { losses } from '../recommend/losses.ts';
import { PLAN_RULES } from './plan-rules.ts';

/** How open the decision still is. */
export interface Outlook {
  /** What would be chosen now. */
  readonly choice: Belief;
  /** By how much the choice is expected to fall short of the truly best size, as a fraction. */
  readonly expectedLoss: number;
  /** In which share of the drawn curves it falls short of the best by more than people would put up with. */
  readonly chanceOfBadLoss: number;
  /** For each size, in how many of the drawn curves it would be chosen, as a share. */
  readonly chances: readonly number[];
  /** By how much it falls short of the best of each drawn curve. */
  readonly losses: Float64Array;
}

/**
 * Asks every drawn curve which size it would choose, and what today's choice would lose under it (the
 * expected opportunity cost; Chick and Inoue 2001).
 *
 * @param sizes at least one
 */
export function outlook(goal: Goal, sizes: readonly Belief[]): Outlook {
  const chosen = choose(goal, sizes);
  const choice = sizes[chosen];
  if (choice === undefined)
    throw new RangeError('Could not look ahead: wanted a size, there is none.');
  const wins = new Array<number>(sizes.length).fill(0);
  const draws = choice.draws.durationMs.length;
  const lossesOfChoice = new Float64Array(draws);
  let lost = 0;
  let bad = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const points = pointsOf(sizes, draw);
    const best = choose(goal, points);
    wins[best] = (wins[best] ?? 0) + 1;
    const loss = lossOf(goal, points, chosen);
    lossesOfChoice[draw] = loss;
    lost += loss;
    if (loss > PLAN_RULES.badLoss) bad += 1;
  }
  return {
    choice,
    expectedLoss: lost / draws,
    chanceOfBadLoss: bad / draws,
    chances: wins.map((count) => count / draws),
    losses: lossesOfChoice,
  };
}

/**
 * Enough is known when the choice is expected to fall short by little, and hardly ever by much: what is lost
 * on average says nothing of the few runs that go badly wrong.
 */
export function isSettled({ expectedLoss, chanceOfBadLoss }: Outlook): boolean {
  return (
    expectedLoss <= PLAN_RULES.settledAtLoss && chanceOfBadLoss <= PLAN_RULES.settledAtBadChance
  );
}

/**
 * Tells for each size how much the loss of the present choice would grow if it were there to choose as well: what
 * measuring it can gain.
 *
 * @param ahead of the sizes
 */
export function gainsOf(
  goal: Goal,
  sizes: readonly Belief[],
  ahead: Pick<Outlook, 'choice' | 'losses'>,
  unseen: readonly Belief[],
): readonly number[] {
  const chosen = sizes.indexOf(ahead.choice);
  const gains = unseen.map(() => 0);
  if (gains.length === 0) return gains;
  for (const [draw, loss] of ahead.losses.entries()) {
    const points = pointsOf(sizes, draw);
    for (const [index, belief] of unseen.entries()) {
      const together = [...points, pointOf(belief, draw)];
      const gain = Math.max(0, lossOf(goal, together, chosen) - loss);
      gains[index] = (gains[index] as number) + gain;
    }
  }
  return gains.map((gain) => gain / ahead.losses.length);
}

function pointsOf(sizes: readonly Belief[], draw: number): readonly Point[] {
  return sizes.map((size) => pointOf(size, draw));
}

function pointOf({ draws }: Belief, draw: number): Point {
  return {
    durationMs: draws.durationMs[draw] as number,
    costUsd: draws.costUsd[draw] as number,
  };
}

/** A draw in which everything goes wrong must not outweigh all others. */
const MOST_LOSS = 1;

function lossOf(goal: Goal, points: readonly Point[], index: number): number {
  return Math.min(MOST_LOSS, losses(goal, points)[index] ?? MOST_LOSS);
}
