import { mean, sampleVariance } from 'simple-statistics';
import { studentTQuantile } from '../statistics/student-t.ts';

/** First runs of handlers scatter by as much at least, in the logarithm. */
const LEAST_SPREAD = 0.1;
/** What a single cold start is taken to scatter by. */
const UNKNOWN_SPREAD = 0.5;
const MANY = 1e6;

/**
 * Returns a quantile of the first runs of handlers, with an upper confidence bound: cold starts are few, so
 * they are taken as lognormal (a tolerance bound, by the normal approximation of Natrella 1963 with Student's
 * t).
 *
 * @param values positive, at least one
 */
export function coldTail(
  values: readonly number[],
  quantile: number,
  confidence: number,
): { readonly estimate: number; readonly high: number } {
  const logs = values.map((value) => Math.log(value));
  const n = logs.length;
  const center = mean(logs);
  const spread = n < 3 ? UNKNOWN_SPREAD : Math.max(LEAST_SPREAD, Math.sqrt(sampleVariance(logs)));
  const z = studentTQuantile(quantile, MANY);
  const t = studentTQuantile(confidence, n < 3 ? MANY : n - 1);
  const freedom = Math.max(1, n - 1);
  const reach = z + t * Math.sqrt(1 / n + (z * z) / (2 * freedom));
  return {
    estimate: Math.exp(center + z * spread),
    high: Math.exp(center + reach * spread),
  };
}
