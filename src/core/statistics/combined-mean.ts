import { mean } from 'simple-statistics';
import { CONFIDENCE, standardErrorOf, type MeanEstimate } from './mean-interval.ts';
import { studentTQuantile } from './student-t.ts';

/**
 * The coefficient of variation that stands in where a single value says nothing about its spread:
 * between the 1 % of work bound by the CPU and the 50 % of calls to other services.
 */
export const UNKNOWN_SPREAD = 0.3;

export interface CombinedMean {
  readonly interval: MeanEstimate;
  /** `null` where the first part has a single value. */
  readonly standardError: number | null;
}

/**
 * The weighted sum of the means of independent samples, with Student's interval at the degrees of
 * freedom of Welch and Satterthwaite (1946).
 *
 * @param parts each with at least one value; the first one matters most: without a spread of its own
 *   there is no interval, while a later part of one value borrows {@link UNKNOWN_SPREAD}
 */
export function combinedMean(
  parts: readonly { readonly weight: number; readonly values: readonly number[] }[],
): CombinedMean {
  let center = 0;
  let variance = 0;
  let weighted = 0;
  let known = true;
  for (const [index, { weight, values }] of parts.entries()) {
    const own = mean(values);
    const standardError = standardErrorOf(values);
    if (standardError === null && index === 0) known = false;
    const share = weight * (standardError ?? UNKNOWN_SPREAD * own);
    center += weight * own;
    variance += share ** 2;
    weighted += share ** 4 / Math.max(1, values.length - 1);
  }
  if (!known) return { interval: { mean: center, low: null, high: null }, standardError: null };
  const standardError = Math.sqrt(variance);
  const degrees = weighted === 0 ? 1 : variance ** 2 / weighted;
  const reach = standardError * studentTQuantile((1 + CONFIDENCE) / 2, degrees);
  return { interval: { mean: center, low: center - reach, high: center + reach }, standardError };
}
