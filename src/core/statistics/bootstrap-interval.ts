import { CONFIDENCE, standardErrorOf, tInterval, type MeanEstimate } from './mean-interval.ts';
import type { Random } from '../../contract/shared/random.ts';
import { bootstrapTInterval, resample, type Resamples } from './resamples.ts';
import { studentTQuantile } from './student-t.ts';

/** Below this many values resampling repeats too few of them, and Student's interval is used. */
export const BOOTSTRAP_FROM = 10;
/** Above this many, skewness no longer matters to Student's interval, and it is used again. */
export const BOOTSTRAP_UP_TO = 150;
const RESAMPLES = 999;

/** The noise of other samples of the same kind: squared coefficient of variation and degrees of freedom. */
export interface PooledNoise {
  readonly relativeVariance: number;
  readonly degrees: number;
}

/** A sample with a wide spread of its own is not narrowed by more than this. */
export const LEAST_SHARE = 0.9;
/** Other samples count at most for this many times the sample's own degrees of freedom. */
const POOLED_WORTH = 2;

/** One figure of the invocations of a sample, with the noise that other samples show of it. */
export interface Column {
  /** At least one; every column of a sample has as many, in the same order of invocations. */
  readonly values: readonly number[];
  /** `null` where there are none. */
  readonly others: PooledNoise | null;
}

/**
 * Means of a sample with their 95 % intervals, for several figures of the same invocations: by the
 * studentised bootstrap, and at both ends of the number of values by Student's t. Nothing is trimmed. Where
 * other samples share the noise, a few values that happen to lie close together get the wider interval that
 * the noise of all makes likely.
 */
export function meansWithIntervals(
  columns: readonly Column[],
  random: Random,
): readonly MeanEstimate[] {
  const n = columns[0]?.values.length ?? 0;
  const resamples =
    n < BOOTSTRAP_FROM || n > BOOTSTRAP_UP_TO
      ? []
      : resample(
          columns.map(({ values }) => values),
          RESAMPLES,
          random,
        );
  return columns.map((column, index) => intervalOf(column, resamples[index]));
}

/** Returns the same for a single figure. */
export function meanWithInterval(
  values: readonly number[],
  others: PooledNoise | null,
  random: Random,
): MeanEstimate {
  return meansWithIntervals([{ values, others }], random)[0] ?? tInterval(values);
}

function intervalOf({ values, others }: Column, resamples: Resamples | undefined): MeanEstimate {
  const student = tInterval(values);
  const own = standardErrorOf(values);
  const n = values.length;
  if (own === null) return student;
  const freedom = n - 1;
  const worth = Math.min(others?.degrees ?? 0, POOLED_WORTH * freedom);
  const ofOthers = ((others?.relativeVariance ?? 0) * student.mean ** 2) / n;
  const standardError = Math.sqrt((worth * ofOthers + freedom * own ** 2) / (worth + freedom));
  if (resamples === undefined || own === 0) {
    const reach = standardError * studentTQuantile((1 + CONFIDENCE) / 2, freedom + worth);
    return { mean: student.mean, low: student.mean - reach, high: student.mean + reach };
  }
  const bounds = bootstrapTInterval(
    { mean: student.mean, standardError: own },
    resamples,
    CONFIDENCE,
  );
  const { mean, low, high } = { ...student, ...withinReach(bounds, student, values) };
  if (low === null || high === null) return student;
  const wider = Math.max(LEAST_SHARE, standardError / own);
  return { mean, low: mean - wider * (mean - low), high: mean + wider * (high - mean) };
}

/**
 * Few distinct values make draws with next to no spread, and bounds far beyond anything that was seen. The
 * mean of values such as these lies among them: no bound goes further than they do, or than Student's.
 */
export function withinReach(
  bounds: { readonly low: number; readonly high: number } | null,
  student: MeanEstimate,
  values: readonly number[],
): { readonly low: number; readonly high: number } | null {
  if (bounds === null) return null;
  const least = Math.min(...values, student.low ?? Infinity);
  const most = Math.max(...values, student.high ?? -Infinity);
  return { low: Math.max(bounds.low, least), high: Math.min(bounds.high, most) };
}

/** The noise of one sample, to be pooled with others: found once, however many samples it is pooled for. */
export interface SampleNoise {
  /** Σ (value ÷ mean − 1)². */
  readonly squares: number;
  readonly degrees: number;
}

/** Returns the noise that one sample shows; `null` for fewer than two values. */
export function sampleNoise(values: readonly number[]): SampleNoise | null {
  const standardError = standardErrorOf(values);
  if (standardError === null) return null;
  const n = values.length;
  const center = values.reduce((sum, value) => sum + value, 0) / n;
  return { squares: ((n - 1) * n * standardError ** 2) / center ** 2, degrees: n - 1 };
}

/** Pools the relative noise of samples. */
export function pooledNoise(samples: readonly (SampleNoise | null)[]): PooledNoise | null {
  let squares = 0;
  let degrees = 0;
  for (const sample of samples) {
    squares += sample?.squares ?? 0;
    degrees += sample?.degrees ?? 0;
  }
  return degrees === 0 ? null : { relativeVariance: squares / degrees, degrees };
}
