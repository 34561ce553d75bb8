/** Shares of the values, from the slowest on, that a tail is looked for in: a second hump fills some of them. */
const SHARES = [0.02, 0.04, 0.08, 0.16];
/** Fewer slow values than these tell nothing of how a tail goes on. */
const LEAST = 20;
/** A tail index of 1 has no mean at all, and a bound close to it no meaning. */
const HEAVIEST = 0.9;
/** 97.5 % of the normal distribution, and about one error more, by which the lightest of several lies too low. */
const UPPER = 3;
/** Tails of fewer values look heavy too often: of broad second humps above all. */
const ENOUGH = 500;
/** Variances exist below 0.5, and the lightest of several estimates is somewhat too light. */
const HEAVY = 0.46;

/** How heavy the tail is of values as multiples of where each size lies, all sizes together. */
export interface Tail {
  readonly count: number;
  /** 1 ÷ the tail index, by Hill's estimate (1975). */
  readonly gamma: number;
  /** What the mean multiple may be at most if the tail goes on as it does up to the slowest that was seen. */
  readonly mostMean: number;
  /** The part of the sum that the slowest hundredth makes. */
  readonly ofSlowest: number;
}

/**
 * Returns the lightest tail that the slowest values can be taken for, among several numbers of them: a second
 * hump makes some look heavy, a heavy tail makes all. The mean is that of the values before the tail, and
 * that of a Pareto distribution from there on (Peng 2001, "Estimating the mean of a heavy tailed distribution").
 *
 * @param multiples ascending, positive
 * @returns `null` for too few
 */
export function tailOf(multiples: ArrayLike<number>): Tail | null {
  const count = multiples.length;
  const fromSlowest = (index: number): number => multiples[count - 1 - index] as number;
  let [total, ofSlowest] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    if (index === Math.round(count / 100)) ofSlowest = total;
    total += fromSlowest(index);
  }
  let lightest: Tail | null = null;
  let [taken, above, logs] = [0, 0, 0];
  for (const share of SHARES) {
    const k = Math.round(share * count);
    for (; taken < k; taken += 1) {
      above += fromSlowest(taken);
      logs += Math.log(fromSlowest(taken));
    }
    if (k < LEAST) continue;
    const threshold = fromSlowest(k);
    const gamma = Math.max(0, logs / k - Math.log(threshold));
    if (lightest !== null && gamma >= lightest.gamma) continue;
    const most = Math.min(HEAVIEST, gamma * (1 + UPPER / Math.sqrt(k)));
    const mostMean = (total - above + (k * threshold) / (1 - most)) / count;
    lightest = { count, gamma, mostMean, ofSlowest: ofSlowest / total };
  }
  return lightest;
}

/** Whether the mean of such values hangs on a few that may not have come yet: their variance need not exist. */
export function isHeavy({ count, gamma }: Tail): boolean {
  return count >= ENOUGH && gamma >= HEAVY;
}
