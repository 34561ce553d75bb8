import type { SizeSample } from '../recommend/size-sample.ts';
import { quantileOf } from '../statistics/quantile.ts';

/** Warm durations in units of the median of their size. */
export interface SharedTail {
  /** Ascending. */
  readonly values: readonly number[];
  readonly scaleMs: number;
}

/** Fewer values say nothing about whether two sizes are alike. */
const FEWEST_TO_COMPARE = 20;
/** Kolmogorov and Smirnov's statistic × √(n·m ÷ (n + m)) that two equal distributions pass in 1 % only. */
const DIFFERENT_AT = 1.63;

/**
 * The durations of a size together with those of all sizes whose noise looks the same (the test of
 * Kolmogorov and Smirnov): a tail takes more values than one size usually has.
 */
export function sharedTail(sample: SizeSample, samples: readonly SizeSample[]): SharedTail {
  const own = scaled(sample);
  const others = samples
    .filter(({ memoryMb }) => memoryMb !== sample.memoryMb)
    .map(scaled)
    .filter(({ values }) => isAlike(own.values, values));
  return {
    scaleMs: own.scaleMs,
    values: [own, ...others].flatMap(({ values }) => values).toSorted((a, b) => a - b),
  };
}

function scaled({ warm }: SizeSample): SharedTail {
  const durations = warm.map(({ durationMs }) => durationMs);
  if (durations.length === 0) return { values: [], scaleMs: 0 };
  const scaleMs = quantileOf(durations, 0.5);
  return { scaleMs, values: durations.map((ms) => ms / scaleMs) };
}

function isAlike(one: readonly number[], other: readonly number[]): boolean {
  const [n, m] = [one.length, other.length];
  if (n < FEWEST_TO_COMPARE || m < FEWEST_TO_COMPARE) return false;
  let [i, j, widest] = [0, 0, 0];
  while (i < n && j < m) {
    const at = Math.min(one[i] as number, other[j] as number);
    while (i < n && (one[i] as number) <= at) i += 1;
    while (j < m && (other[j] as number) <= at) j += 1;
    widest = Math.max(widest, Math.abs(i / n - j / m));
  }
  return widest * Math.sqrt((n * m) / (n + m)) < DIFFERENT_AT;
}
