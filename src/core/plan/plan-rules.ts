/**
 * The numbers that adaptive planning goes by, tuned on the functions of `bench/decisions` (docs/model.md).
 */
export const PLAN_RULES = {
  /** Warm invocations of a size in the first round, where one takes seconds at most. */
  firstWarm: 3,
  /** Enough is known when the choice is expected to fall short of the best by no more than this. */
  settledAtLoss: 0.007,
  /** And when it falls short by more than this in no more than that share of the drawn curves. */
  badLoss: 0.03,
  settledAtBadChance: 0.03,
  /** A size stays in while this share of the drawn curves would choose it. */
  contendsAt: 0.05,
  /** Contenders known this much better than the worst known one wait, but for the choice itself: it may be lucky. */
  waitsBelow: 0.5,
  /** Warm invocations that the choice rests on at least, and the present size it is compared with. */
  leastOfChoice: 3,
  leastOfPresent: 2,
  /** The present size is worth knowing to this, for what a change brings. */
  presentError: 0.08,
  /** A size that keeps to the limits with less than this probability is out, with more than that it is in. */
  breaksLimitsAt: 0.1,
  keepsLimitsAt: 0.93,
  /** A round adds at most so many times of what there is. */
  mostGrowth: 3,
  /** The most warm invocations of one size. */
  mostPerSize: 200,
  mostRounds: 6,
  /** Part of what 50 invocations of each size would cost, beyond which no run goes that names no budget. */
  mostOfFiftyEach: 0.75,
  /** A size waits where more invocations of the same environments reduce less than this part of its variance. */
  reducible: 0.3,
  /** A new size is measured where it may bring at least this. */
  worthAdding: 0.02,
  mostAddedInARound: 2,
} as const;

/** The most invocations that an adaptive run makes, cold starts that were asked for apart. */
export const MOST_ADAPTIVE = 600;
/** The most sizes that an adaptive run adds to those it starts with. */
export const MOST_ADDED = 6;
