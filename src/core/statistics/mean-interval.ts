import { mean, sampleVariance } from 'simple-statistics';
import { studentTQuantile } from './student-t.ts';

/** The confidence of every interval that a result states. */
export const CONFIDENCE = 0.95;

/** The mean of a sample and how far it may be off; both `null` for fewer values than it takes. */
export interface MeanEstimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Equal values have no spread, though the rounding of their mean makes one of about this part of it. */
const OF_ROUNDING = 1e-12;

/** Returns the standard error of the mean; `null` for fewer than two values. */
export function standardErrorOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const standardError = Math.sqrt(sampleVariance(values) / values.length);
  return standardError <= OF_ROUNDING * Math.abs(mean(values)) ? 0 : standardError;
}

/**
 * Student's interval for a mean. Right for normal values at any number of them, and for anything once
 * there are enough; on few, skewed values it covers too seldom.
 *
 * @param values at least one
 */
export function tInterval(values: readonly number[], confidence = CONFIDENCE): MeanEstimate {
  const center = mean(values);
  const standardError = standardErrorOf(values);
  if (standardError === null) return { mean: center, low: null, high: null };
  const reach = studentTQuantile((1 + confidence) / 2, values.length - 1) * standardError;
  return { mean: center, low: center - reach, high: center + reach };
}
