import { betaCdf } from '../statistics/beta-distribution.ts';
import { chiSquareQuantile } from '../statistics/chi-square.ts';
import { quantileOf } from '../statistics/quantile.ts';

/** A quantile far out in the tail, from a curve fitted to the slowest values. */
export type TailFit =
  | { readonly kind: 'fitted'; readonly estimate: number; readonly high: number }
  /** The slowest values are not of one hump, and too few are beyond the gap for a tail of their own. */
  | { readonly kind: 'no-fit' };

/** The part of the sample that the tail is fitted to. */
const TAIL_SHARE = 0.1;
const FEWEST_IN_TAIL = 20;
/** How often a tail of one hump may be taken for something else. */
const FALSE_ALARMS = 0.02;

/**
 * Tells how many values a fitted tail takes: enough to have seen, with the given confidence, a second hump
 * that holds five times the share that may be cut off. What is rarer nobody can see in so few values.
 */
export function fewestForTail(quantile: number, confidence: number): number {
  const hump = Math.min(0.5, 5 * (1 - quantile));
  return Math.max(2 * FEWEST_IN_TAIL, Math.ceil(Math.log(1 - confidence) / Math.log(1 - hump)));
}

/**
 * Fits a Pareto tail to the slowest tenth (Hill 1975) and reads a quantile beyond the sample from it
 * (Weissman 1978), with an upper confidence bound from the exact distribution of Hill's estimate. Lognormal,
 * gamma, Weibull and normal tails are lighter than that: for them the bound is too high, never too low.
 *
 * Whether the slowest values are such a tail is tested. Between values of a Pareto tail the scaled gaps are
 * independent and exponential (Rényi 1953), and of a lighter one they shrink further out: a gap far larger
 * than the others, or gaps that grow further out, are of a second hump, narrow or broad. Then the tail is
 * what lies beyond the widest gap, where that is enough to be fitted.
 *
 * @param sorted ascending, positive
 */
export function fitTail(sorted: readonly number[], quantile: number, confidence: number): TailFit {
  const n = sorted.length;
  let k = Math.min(n - 1, Math.max(FEWEST_IN_TAIL, Math.round(n * TAIL_SHARE)));
  while (k >= FEWEST_IN_TAIL) {
    const logs = sorted.slice(n - k - 1).map((value) => Math.log(value));
    // Rényi: rank from the top × gap to the next one below; the last is the largest value's.
    const gaps = logs
      .slice(1)
      .map((value, index) => (k - index) * (value - (logs[index] ?? value)));
    if (isOneTail(gaps)) return readOff(logs[0] ?? 0, gaps, { n, quantile, confidence });
    const beyond = k - gaps.indexOf(Math.max(...gaps)) - 1;
    k = Math.min(beyond, k - 1);
  }
  return { kind: 'no-fit' };
}

function readOff(
  threshold: number,
  gaps: readonly number[],
  { n, quantile, confidence }: { n: number; quantile: number; confidence: number },
): TailFit {
  const k = gaps.length;
  const shape = gaps.reduce((sum, gap) => sum + gap, 0) / k;
  const reach = Math.max(0, Math.log(k / (n * (1 - quantile))));
  const high = (shape * 2 * k) / chiSquareQuantile(1 - confidence, 2 * k);
  return {
    kind: 'fitted',
    estimate: Math.exp(threshold + shape * reach),
    high: Math.exp(threshold + high * reach),
  };
}

/** Times are printed to 0.01 ms, so that gaps of nothing are common in flat tails. */
const LEAST_GAP = 1e-4;

/** @param gaps scaled, the one below the largest value last */
function isOneTail(gaps: readonly number[]): boolean {
  const k = gaps.length;
  const ascending = gaps.toSorted((a, b) => a - b);
  const typical = Math.max(LEAST_GAP, quantileOf(ascending, 0.5) / Math.LN2);
  if ((ascending.at(-1) ?? 0) > typical * Math.log((2 * k) / FALSE_ALARMS)) return false;
  const tops = TOPS.filter((top) => top <= k / 2);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return tops.every((top) => {
    const ofTop = gaps.slice(k - top).reduce((sum, gap) => sum + gap, 0);
    const rest = Math.max(LEAST_GAP * (k - top), total - ofTop);
    return growsBy(ofTop, rest, top, k - top) >= FALSE_ALARMS / (2 * tops.length);
  });
}

/** How many of the slowest values are held against the rest of the tail. */
const TOPS = [2, 3, 5, 8, 13, 21, 34, 55];

/**
 * Returns the probability that sums of so many exponentials of one mean differ by as much: Fisher's F
 * distribution.
 */
function growsBy(ofTop: number, ofRest: number, top: number, rest: number): number {
  return 1 - betaCdf(ofTop / (ofTop + ofRest), top, rest);
}
