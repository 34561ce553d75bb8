import type { PayloadJudgement } from '../../contract/history/traffic.ts';
import type { BucketedDurations } from '../history/bucketed-durations.ts';

/** A payload whose mean lies within these of the traffic's is like it. */
export const LIKE = { least: 0.67, most: 1.5 } as const;
/** 97.5 % of the normal distribution. */
const NORMAL_REACH = 1.96;
/** Whole runs are slower or faster than others by 5 to 15 %: two weeks see them all, a run is one of them. */
const OF_ONE_RUN = 0.05;
/** With fewer real calls than this, their mean says nothing. */
const FEWEST_CALLS = 30;

/** The mean that a run found at the present size, of warm invocations. */
export interface MeanFound {
  readonly meanMs: number;
  /** Its standard error ÷ the mean. */
  readonly relativeError: number;
  /** By how much more, relative, calls far beyond the others may raise the mean. */
  readonly farReach: number;
}

/**
 * Tells whether what was measured is like the traffic: by the ratio of the means at the present size, whose
 * interval is that of a ratio of lognormal means. Unlike: all of it lies outside {@link LIKE}; like: all of
 * it lies within.
 *
 * @param found `null` where the present size has no warm invocation
 * @param production warm real calls at the present size that ended well
 */
export function judgePayload(
  found: MeanFound | null,
  production: BucketedDurations,
): PayloadJudgement {
  const { mean, count, variation } = production;
  const base = {
    place: found === null ? null : production.shareUpTo(found.meanMs),
    experimentMs: found?.meanMs ?? null,
    productionMs: { mean, p10: production.quantile(0.1), p90: production.quantile(0.9) },
  };
  const untold = (unknown: NonNullable<PayloadJudgement['unknown']>): PayloadJudgement => {
    return { ...base, verdict: 'unknown', unknown, ratio: null };
  };
  if (found === null || found.meanMs <= 0) return untold('present-size-not-measured');
  if (mean === null || mean <= 0 || variation === null || count < FEWEST_CALLS) {
    return untold('few-calls');
  }
  const estimate = found.meanMs / mean;
  const error = Math.hypot(found.relativeError, OF_ONE_RUN, variation / Math.sqrt(count));
  const below = NORMAL_REACH * error;
  const above = Math.hypot(below, found.farReach);
  const ratio = { estimate, low: estimate * Math.exp(-below), high: estimate * Math.exp(above) };
  if (ratio.high < LIKE.least || ratio.low > LIKE.most) {
    return { ...base, verdict: 'unlike', unknown: null, ratio };
  }
  if (ratio.low >= LIKE.least && ratio.high <= LIKE.most) {
    return { ...base, verdict: 'like', unknown: null, ratio };
  }
  return { ...base, verdict: 'unknown', unknown: 'too-wide', ratio };
}
