import type { Goal } from '../../contract/tune/goal.ts';
import { choose } from '../recommend/choose.ts';
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
  let lost = 0;
  let bad = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const points = pointsOf(sizes, draw);
    const best = choose(goal, points);
    wins[best] = (wins[best] ?? 0) + 1;
    const loss = lossOf(goal, points, chosen);
    lost += loss;
    if (loss > PLAN_RULES.badLoss) bad += 1;
  }
  return {
    choice,
    expectedLoss: lost / draws,
    chanceOfBadLoss: bad / draws,
    chances: wins.map((count) => count / draws),
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
 * Tells how much the loss of the present choice would grow if a size were there to choose as well: what
 * measuring it can gain.
 */
export function gainOf(goal: Goal, sizes: readonly Belief[], unseen: Belief): number {
  const chosen = choose(goal, sizes);
  const draws = unseen.draws.durationMs.length;
  let gain = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const without = pointsOf(sizes, draw);
    const together = pointsOf([...sizes, unseen], draw);
    gain += Math.max(0, lossOf(goal, together, chosen) - lossOf(goal, without, chosen));
  }
  return gain / draws;
}

function pointsOf(
  sizes: readonly Belief[],
  draw: number,
): readonly { readonly durationMs: number; readonly costUsd: number }[] {
  return sizes.map(({ draws }) => ({
    durationMs: draws.durationMs[draw] as number,
    costUsd: draws.costUsd[draw] as number,
  }));
}

/** A draw in which everything goes wrong must not outweigh all others. */
const MOST_LOSS = 1;

function lossOf(
  goal: Goal,
  points: readonly { readonly durationMs: number; readonly costUsd: number }[],
  index: number,
): number {
  return Math.min(MOST_LOSS, losses(goal, points)[index] ?? MOST_LOSS);
}
