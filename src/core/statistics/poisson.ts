import { gammaCdf } from './gamma-distribution.ts';

/** Above this mean the quantile is that of the normal distribution, with its first correction for skewness. */
const LARGE = 1e5;
/** 99.9 % of the normal distribution lie below it; larger shares are safe with it, smaller ones are not asked. */
const NORMAL_REACH = 3.0903;

/** Returns the probability that a Poisson variable is at least `count` (its distribution is that of gamma's rest). */
export function poissonTail(mean: number, count: number): number {
  return count <= 0 ? 1 : gammaCdf(mean, count);
}

/**
 * Returns the smallest count that a Poisson variable reaches with at most that probability.
 *
 * @param share between 0.001 and 0.5
 */
export function leastSeldomReached(mean: number, share: number): number {
  if (mean > LARGE) {
    const reach = NORMAL_REACH * Math.sqrt(mean) + (NORMAL_REACH ** 2 - 1) / 6;
    return Math.ceil(mean + reach) + 1;
  }
  let low = 0;
  let high = Math.ceil(mean + 4 * Math.sqrt(mean) + 8);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (poissonTail(mean, middle) <= share) high = middle;
    else low = middle;
  }
  return high;
}
