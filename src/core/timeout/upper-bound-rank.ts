import { betaCdf } from '../statistics/beta-distribution.ts';

/**
 * Tells which of n values, from 1 for the smallest, is above a quantile with the given confidence, whatever
 * the distribution: see `quantileUpperBound`. `null` where even the largest does not suffice.
 */
export function upperBoundRank(n: number, quantile: number, confidence: number): number | null {
  const isEnough = (k: number): boolean => 1 - betaCdf(quantile, k, n - k + 1) >= confidence;
  if (n === 0 || !isEnough(n)) return null;
  let tooSmall = 0;
  let enough = n;
  while (enough - tooSmall > 1) {
    const middle = Math.floor((tooSmall + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooSmall = middle;
  }
  return enough;
}
