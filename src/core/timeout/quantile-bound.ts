import { upperBoundRank } from './upper-bound-rank.ts';

/**
 * Returns an upper confidence bound for a quantile from order statistics alone, whatever the distribution:
 * the smallest value of the sample that is above the true quantile with the given confidence. The k-th of n
 * values is above it with probability P(Bin(n, q) < k) = 1 − I_q(k, n − k + 1) (David and Nagaraja, Order
 * Statistics, 3rd ed., 7.1).
 *
 * @param sorted ascending
 * @returns `null` where even the largest value does not suffice: a 99.9 % quantile takes 2,995 values
 */
export function quantileUpperBound(
  sorted: readonly number[],
  quantile: number,
  confidence: number,
): number | null {
  const rank = upperBoundRank(sorted.length, quantile, confidence);
  return rank === null ? null : (sorted[rank - 1] ?? null);
}
