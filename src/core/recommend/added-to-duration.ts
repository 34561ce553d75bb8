import { weightedMean } from '../statistics/weighted.ts';
import { weightedBy, type Measured } from './size-sample.ts';

export interface Added {
  readonly ms: number;
  /** Standard error of that mean. */
  readonly error: number;
}

/** Evenly spread over a millisecond: what rounding up adds where durations vary by more than that. */
const EVENLY: Added = { ms: 0.5, error: Math.sqrt(1 / 12) };
/** How many values that counts for, beside those that were seen. */
const EVENLY_WORTH = 1;

/**
 * Tells what is billed beyond the duration: rounding up, and init where durations are of cold invocations.
 */
export function addedToDuration(
  values: readonly Measured[] | undefined,
  basis: 'warm' | 'cold',
): Added {
  if (values === undefined || values.length === 0) return EVENLY;
  const n = values.length;
  const added = ({ billedMs, durationMs }: Measured): number => billedMs - durationMs;
  if (basis === 'cold') return { ms: Math.max(0, meanOf(values, added)), error: 0 };
  // A log may say anything; rounding up adds less than a millisecond.
  const bounded = (value: Measured): number => Math.max(0, Math.min(1, added(value)));
  const center = meanOf(values, bounded);
  const squares = values.reduce((sum, value) => sum + (bounded(value) - center) ** 2, 0);
  const variance = (squares + EVENLY_WORTH * EVENLY.error ** 2) / (n - 1 + EVENLY_WORTH);
  return { ms: center, error: Math.sqrt(variance / n) };
}

/** By the shares of payloads. */
export function meanOf(values: readonly Measured[], figure: (value: Measured) => number): number {
  return weightedMean(weightedBy(values, figure)) ?? 0;
}
