import { BOOTSTRAP_FROM, BOOTSTRAP_UP_TO, LEAST_SHARE, withinReach } from './bootstrap-interval.ts';
import { CONFIDENCE, type MeanEstimate } from './mean-interval.ts';
import type { Random } from '../../contract/shared/random.ts';
import { bootstrapTInterval, resample } from './resamples.ts';
import { studentTQuantile } from './student-t.ts';

/** Values of one kind, and the share that this kind has in the mean. */
export interface ValueStratum {
  /** Tells strata of different samples which of them are of one kind. */
  readonly payload: number;
  readonly share: number;
  readonly values: readonly number[];
}

/** Others of the same kind count for at most this many times the stratum's own degrees of freedom. */
const SAME_KIND_WORTH = 2;
/** A stratum that has fewer degrees of freedom than this borrows from whatever there is. */
const ENOUGH = 2;
const RESAMPLES = 999;

/**
 * Returns the mean of strata by their shares, with its 95 % interval. The variance is Σ share² · variance ÷
 * count (Cochran, Sampling Techniques, 1977, 5.9), its degrees of freedom are Satterthwaite's (1946). A
 * stratum of few values borrows relative noise: from those of its kind in other samples, then from all. The
 * bounds lean as those of the studentised bootstrap do, where there are values enough.
 *
 * @param strata at least one, each with a value
 * @param others of other samples, whose noise is of the same kind
 */
export function stratifiedMean(
  strata: readonly ValueStratum[],
  others: readonly ValueStratum[],
  random: Random,
): MeanEstimate {
  const center = strata.reduce((sum, { share, values }) => sum + share * meanOf(values), 0);
  const parts = strata.map((stratum) => partOf(stratum, strata, others));
  if (parts.some(({ degrees }) => degrees === 0)) return { mean: center, low: null, high: null };
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  if (variance === 0) return { mean: center, low: center, high: center };
  const degrees =
    variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.degrees, 0);
  const standardError = Math.sqrt(variance);
  const reach = standardError * studentTQuantile((1 + CONFIDENCE) / 2, Math.max(1, degrees));
  const student = { mean: center, low: center - reach, high: center + reach };
  return leaning(student, standardError, { strata, center, random });
}

function leaning(
  student: MeanEstimate,
  standardError: number,
  sample: {
    readonly strata: readonly ValueStratum[];
    readonly center: number;
    readonly random: Random;
  },
): MeanEstimate {
  const values = linearised(sample.strata, sample.center);
  const n = values.length;
  const free = n - sample.strata.length;
  if (free < BOOTSTRAP_FROM || n > BOOTSTRAP_UP_TO) return student;
  const squares = values.reduce((sum, value) => sum + (value - sample.center) ** 2, 0);
  const own = Math.sqrt(squares / (n - 1) / n);
  if (own === 0) return student;
  const [resamples] = resample([values], RESAMPLES, sample.random);
  if (resamples === undefined) return student;
  const around = { mean: sample.center, standardError: own };
  const bounds = withinReach(bootstrapTInterval(around, resamples, CONFIDENCE), student, values);
  if (bounds === null) return student;
  const wider = Math.max(LEAST_SHARE, standardError / own);
  return {
    mean: sample.center,
    low: sample.center - wider * (sample.center - bounds.low),
    high: sample.center + wider * (bounds.high - sample.center),
  };
}

/**
 * Values whose plain mean is the stratified one and whose plain standard error is its own: the deviation of
 * each from its stratum, as far as that moves the whole.
 */
function linearised(strata: readonly ValueStratum[], center: number): readonly number[] {
  const n = strata.reduce((sum, { values }) => sum + values.length, 0);
  return strata.flatMap(({ share, values }) => {
    const count = values.length;
    const own = meanOf(values);
    if (count < 2) return [center];
    const factor = ((n * share) / count) * Math.sqrt((count * (n - 1)) / ((count - 1) * n));
    return values.map((value) => center + factor * (value - own));
  });
}

interface Noise {
  /** Σ (value ÷ mean − 1)². */
  readonly squares: number;
  readonly degrees: number;
}

function partOf(
  stratum: ValueStratum,
  strata: readonly ValueStratum[],
  others: readonly ValueStratum[],
): { readonly variance: number; readonly degrees: number } {
  const own = noiseOf([stratum]);
  const same = noiseOf(others.filter(({ payload }) => payload === stratum.payload));
  const worth = Math.min(same.degrees, SAME_KIND_WORTH * Math.max(1, own.degrees));
  const every = noiseOf([...strata, ...others]);
  const borrowed = own.degrees + worth < ENOUGH ? Math.min(every.degrees, ENOUGH) : 0;
  const degrees = own.degrees + worth + borrowed;
  const mean = meanOf(stratum.values);
  const squares = own.squares + worth * ratio(same) + borrowed * ratio(every);
  const relative = degrees === 0 ? 0 : squares / degrees;
  return {
    variance: (stratum.share ** 2 * mean ** 2 * relative) / stratum.values.length,
    degrees,
  };
}

function noiseOf(strata: readonly ValueStratum[]): Noise {
  let squares = 0;
  let degrees = 0;
  for (const { values } of strata) {
    const mean = meanOf(values);
    if (values.length < 2 || mean === 0) continue;
    squares += values.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0);
    degrees += values.length - 1;
  }
  return { squares, degrees };
}

function ratio({ squares, degrees }: Noise): number {
  return degrees === 0 ? 0 : squares / degrees;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
