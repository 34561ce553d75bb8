import { chiSquareQuantile } from '../statistics/chi-square.ts';
import { quantileOf } from '../statistics/quantile.ts';

/** A quantile far out in the tail, from a curve fitted to the slowest values. */
export type TailFit =
  | { readonly kind: 'fitted'; readonly estimate: number; readonly high: number }
  /** A gap in the tail that one hump does not explain. */
  | { readonly kind: 'two-humps' };

/** The part of the sample that the tail is fitted to. */
const TAIL_SHARE = 0.1;
const FEWEST_IN_TAIL = 20;
/** How often a tail of one hump may be taken for two. */
const FALSE_ALARMS = 0.01;

/**
 * How many values a fitted tail takes: enough to have seen, with the given confidence, a second hump that
 * holds five times the share that may be cut off. What is rarer nobody can see in so few values.
 */
export function fewestForTail(quantile: number, confidence: number): number {
  const hump = Math.min(0.5, 5 * (1 - quantile));
  return Math.max(2 * FEWEST_IN_TAIL, Math.ceil(Math.log(1 - confidence) / Math.log(1 - hump)));
}

/**
 * Fits a Pareto tail to the slowest tenth (Hill 1975) and reads a quantile beyond the sample from it
 * (Weissman 1978), with an upper confidence bound from the exact distribution of Hill's estimate. Lognormal,
 * gamma, Weibull and normal tails are lighter than that: for them the bound is too high, never too low.
 * Between values of such a tail the scaled gaps are alike (Rényi 1953); one that is far larger than the
 * others is the gap between two humps.
 *
 * @param sorted ascending, positive
 */
export function fitTail(sorted: readonly number[], quantile: number, confidence: number): TailFit {
  const n = sorted.length;
  const k = Math.max(FEWEST_IN_TAIL, Math.round(n * TAIL_SHARE));
  const logs = sorted.slice(n - k - 1).map((value) => Math.log(value));
  const threshold = logs[0] ?? 0;
  // Rényi: rank from the top × gap to the next one below.
  const gaps = logs.slice(1).map((value, index) => (k - index) * (value - (logs[index] ?? value)));
  const shape = gaps.reduce((sum, gap) => sum + gap, 0) / k;
  const typical =
    quantileOf(
      gaps.toSorted((a, b) => a - b),
      0.5,
    ) / Math.LN2;
  const widest = Math.max(...gaps);
  // Times are printed to 0.01 ms, so that gaps of nothing are common in flat tails.
  const least = 1e-4;
  if (widest > Math.max(least, typical) * Math.log(k / FALSE_ALARMS)) return { kind: 'two-humps' };
  const reach = Math.max(0, Math.log(k / (n * (1 - quantile))));
  const high = (shape * 2 * k) / chiSquareQuantile(1 - confidence, 2 * k);
  return {
    kind: 'fitted',
    estimate: Math.exp(threshold + shape * reach),
    high: Math.exp(threshold + high * reach),
  };
}
