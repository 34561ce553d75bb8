import { mean } from 'simple-statistics';
import type { SizeSample } from '../recommend/size-sample.ts';
import { standardErrorOf } from '../statistics/mean-interval.ts';
import { UNKNOWN_SPREAD } from '../statistics/combined-mean.ts';

/** What the planner knows of a size: means of warm invocations and how well they are known. */
export interface QuickEstimate {
  readonly memoryMb: number;
  readonly count: number;
  readonly durationMs: number;
  readonly costUsd: number;
  /** Standard error of the mean duration ÷ the mean; cost follows duration closely enough. */
  readonly relativeError: number;
}

/** Below this many values a spread of their own is no use. */
const VALUES_FOR_SPREAD = 4;

/**
 * Estimates every size that has a warm invocation, without resampling. Sizes with few values borrow
 * the typical spread of the others: noise hardly depends on memory.
 */
export function quickEstimates(samples: Iterable<SizeSample>): readonly QuickEstimate[] {
  const measured = [...samples].filter(({ warm }) => warm.length > 0);
  const spreads = measured
    .filter(({ warm }) => warm.length >= VALUES_FOR_SPREAD)
    .map(({ warm }) => spreadOf(warm.map(({ durationMs }) => durationMs)))
    .toSorted((a, b) => a - b);
  const typical = spreads[Math.floor(spreads.length / 2)] ?? UNKNOWN_SPREAD;
  return measured.map(({ memoryMb, warm }) => {
    const durations = warm.map(({ durationMs }) => durationMs);
    const spread = warm.length >= VALUES_FOR_SPREAD ? spreadOf(durations) : typical;
    return {
      memoryMb,
      count: warm.length,
      durationMs: mean(durations),
      costUsd: mean(warm.map(({ usd }) => usd)),
      relativeError: spread / Math.sqrt(warm.length),
    };
  });
}

/** Coefficient of variation. */
function spreadOf(values: readonly number[]): number {
  const center = mean(values);
  const standardError = standardErrorOf(values) ?? 0;
  return center === 0 ? 0 : (standardError * Math.sqrt(values.length)) / center;
}
