import { CONFIDENCE, standardErrorOf, tInterval, type MeanEstimate } from './mean-interval.ts';
import { seededRandom } from './random.ts';
import { bootstrapTInterval, resampled } from './resamples.ts';

/** Below this many values resampling repeats too few of them, and Student's interval is used. */
const BOOTSTRAP_FROM = 10;
/** Above this many, skewness no longer matters to Student's interval, and it is used again. */
const BOOTSTRAP_UP_TO = 1000;
const RESAMPLES = 999;

/**
 * The mean of a sample with its 95 % interval: by the studentised bootstrap, and at both ends of the
 * number of values by Student's t. Nothing is trimmed.
 *
 * @param values at least one
 */
export function meanWithInterval(
  values: readonly number[],
  seed: number,
  stream: number,
): MeanEstimate {
  const student = tInterval(values);
  const standardError = standardErrorOf(values);
  const n = values.length;
  if (n < BOOTSTRAP_FROM || n > BOOTSTRAP_UP_TO || standardError === null || standardError === 0) {
    return student;
  }
  // A generator of its own for each size: one more size changes nothing in the others.
  const [resamples] = resampled([values], RESAMPLES, seededRandom(seed, stream));
  if (resamples === undefined) return student;
  const bounds = bootstrapTInterval({ mean: student.mean, standardError }, resamples, CONFIDENCE);
  return bounds === null ? student : { mean: student.mean, ...bounds };
}
