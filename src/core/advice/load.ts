import type { Interval } from '../../contract/tune/interval.ts';
import type { MeanEstimate } from '../statistics/mean-interval.ts';

/** Lambda's month: 730 hours. */
export const MONTH_SECONDS = 730 * 3600;

/** How often the function is invoked. */
export interface Rate {
  readonly perSecond: number;
  /** `rate`: as the input names it; `month`: the mean of a month, which knows no peaks. */
  readonly basis: 'rate' | 'month';
}

/** Returns the rate to be ready for: the one that is named, or else the mean of the month's traffic. */
export function rateOf(perSecond: number | undefined, perMonth: number | undefined): Rate | null {
  if (perSecond !== undefined) return { perSecond, basis: 'rate' };
  return perMonth === undefined ? null : { perSecond: perMonth / MONTH_SECONDS, basis: 'month' };
}

/** How long an invocation keeps its environment busy. */
export interface Occupation {
  /** Warm, with its interval. */
  readonly warmMs: MeanEstimate;
  /** How long a cold invocation keeps its environment busy, init and all; `null` where none was seen. */
  readonly coldMs: number | null;
  readonly coldShare: number;
}

/**
 * Returns how many environments are busy on average, by Little's law (Operations Research 9, 1961): the rate
 * times the mean time that an invocation keeps one busy, whatever the distribution of that time. The interval
 * is that of the mean; `null` where it has none.
 */
export function busyEnvironments(perSecond: number, occupation: Occupation): Interval | null {
  const { warmMs, coldMs, coldShare } = occupation;
  if (warmMs.low === null || warmMs.high === null) return null;
  const busy = (warm: number): number => {
    const cold = coldMs === null ? warm : Math.max(warm, coldMs);
    return (perSecond * (warm * (1 - coldShare) + cold * coldShare)) / 1000;
  };
  return {
    estimate: busy(warmMs.mean),
    low: busy(Math.max(0, warmMs.low)),
    high: busy(warmMs.high),
  };
}
