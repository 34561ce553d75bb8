import type { Goal } from '../../contract/tune/goal.ts';
import type { Point } from '../recommend/choose.ts';
import { isGoodEnough } from '../recommend/serves-goal.ts';

/** What is believed of one size that may be chosen. */
export interface SizeBelief extends Point {
  readonly memoryMb: number;
}

export interface ChoiceAtStake {
  readonly goal: Goal;
  /** Ascending. */
  readonly sizes: readonly SizeBelief[];
  readonly chosenMb: number;
  /** What is believed of the present size, which may not be among those. */
  readonly present: SizeBelief;
  /** Mean of the real calls ÷ mean of the payload, at the present size. */
  readonly times: number;
  /** Memory beyond which more of it gives no speed. */
  readonly kneeMb: number;
  /** What one millisecond costs at a size. */
  readonly usdPerMs: (memoryMb: number) => number;
}

/** The largest share of a part of the work that real calls may lack. */
const MOST_LEFT_OUT = 0.95;

/**
 * Tells whether another size may be the one to choose for the real calls, where they are not like the
 * payload. What they have more or less of nobody knows: three answers are tried, that all of it is work for
 * the CPU, that all of it is waiting, and that they have more or less of everything alike. The choice stands
 * where it is good enough in all three.
 */
export function turnsChoice(stake: ChoiceAtStake): boolean {
  const { goal, sizes, chosenMb } = stake;
  const chosen = sizes.findIndex(({ memoryMb }) => memoryMb === chosenMb);
  return worldsOf(stake).some((durationAt) => {
    const points = sizes.map((size) => {
      const durationMs = durationAt(size);
      const addedUsd = (durationMs - size.durationMs) * stake.usdPerMs(size.memoryMb);
      return { durationMs, costUsd: size.costUsd + addedUsd };
    });
    return isGoodEnough(goal, points)[chosen] !== true;
  });
}

type DurationAt = (size: SizeBelief) => number;

/** Tells how long real calls may take at each size. */
function worldsOf(stake: ChoiceAtStake): readonly DurationAt[] {
  const { present, times } = stake;
  const speedOf = (memoryMb: number): number => Math.min(memoryMb, stake.kneeMb);
  /** Returns how many times as long work takes as at the present size, where it waits for the CPU alone. */
  const slowness = (memoryMb: number): number => speedOf(present.memoryMb) / speedOf(memoryMb);
  const alike: DurationAt = ({ durationMs }) => durationMs * times;
  const addedMs = present.durationMs * (times - 1);
  if (addedMs >= 0) {
    return [
      alike,
      ({ durationMs, memoryMb }) => durationMs + addedMs * slowness(memoryMb),
      ({ durationMs }) => durationMs + addedMs,
    ];
  }
  const workMs = workAtPresent(stake, slowness);
  const waitMs = present.durationMs - workMs;
  const without = (work: number, wait: number): DurationAt => {
    return ({ durationMs, memoryMb }) =>
      Math.max(durationMs * (1 - MOST_LEFT_OUT), durationMs - work * slowness(memoryMb) - wait);
  };
  const missing = -addedMs;
  const mostWork = Math.min(missing, MOST_LEFT_OUT * workMs);
  const mostWait = Math.min(missing, MOST_LEFT_OUT * waitMs);
  return [alike, without(mostWork, missing - mostWork), without(missing - mostWait, mostWait)];
}

/**
 * Returns the part of the present duration that shrinks as memory grows: a straight line through the sizes.
 */
function workAtPresent(
  { sizes, present }: ChoiceAtStake,
  slowness: (memoryMb: number) => number,
): number {
  const points = sizes.map(({ memoryMb, durationMs }) => ({
    x: slowness(memoryMb),
    y: durationMs,
  }));
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [meanOf(points.map((each) => each.x)), meanOf(points.map((each) => each.y))];
  const spread = points.reduce((sum, each) => sum + (each.x - x) ** 2, 0);
  const together = points.reduce((sum, each) => sum + (each.x - x) * (each.y - y), 0);
  const work = spread === 0 ? 0 : together / spread;
  return Math.min(present.durationMs, Math.max(0, work));
}
