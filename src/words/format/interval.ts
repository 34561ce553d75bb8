import { MISSING, isShown } from './missing.ts';
import { decimalsFor, fixedText, fixedUpText } from './rounding.ts';

/** A number with its 95 % interval, as results carry it. */
export interface MeasuredNumber {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Returns the longer arm of the interval, `null` where there is none: what `±` shows claims too little, never
 * too much.
 */
export function halfWidth({ mean, low, high }: MeasuredNumber): number | null {
  if (!isShown(mean) || !isShown(low) || !isShown(high)) return null;
  return Math.max(high - mean, mean - low, 0);
}

export interface EstimateText {
  readonly estimate: string;
  /** `±0.03`, in the unit of the estimate; empty without an interval. */
  readonly plusMinus: string;
  /** `1.17–1.22`, in the unit of the estimate; empty without an interval. */
  readonly range: string;
}

/**
 * Returns a value and its interval at the same number of decimals, in the unit that `divisor` makes of it.
 */
export function estimateText(
  measured: MeasuredNumber,
  maxDecimals: number,
  divisor = 1,
): EstimateText {
  const { mean, low, high } = measured;
  if (!isShown(mean)) return { estimate: MISSING, plusMinus: '', range: '' };
  const uncertainty = halfWidth(measured);
  if (uncertainty === null || !isShown(low) || !isShown(high)) {
    const value = mean / divisor;
    const estimate = fixedText(value, decimalsFor(value, null, maxDecimals));
    return { estimate, plusMinus: '', range: '' };
  }
  const decimals = decimalsFor(mean / divisor, uncertainty / divisor, maxDecimals);
  // What is measured here is never below 0: an interval that reaches it tells little.
  const isWide = low <= 0 && mean > 0 && high > low;
  return {
    estimate: fixedText(mean / divisor, decimals),
    plusMinus: `±${fixedUpText(uncertainty / divisor, decimals)}${isWide ? ' wide' : ''}`,
    range: `${fixedText(Math.max(low, 0) / divisor, decimals)}–${fixedText(high / divisor, decimals)}${isWide ? ' (wide)' : ''}`,
  };
}
