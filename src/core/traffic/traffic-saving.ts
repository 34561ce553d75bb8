import type { Interval } from '../../contract/tune/interval.ts';

/**
 * How far the effect of a change of size on the real calls may lie from that on a payload which is like them in
 * its mean: the standard deviation, as a part of the effect on durations. Calls that wait more gain less. Fitted by
 * `npm run bench:payloads -- --fit` on mixes of payloads that nothing is judged on, to a run with one payload: where
 * the run has all kinds of calls the interval is wider than it need be. Whether it has them cannot be told from how
 * durations vary (tried in 2026-11: no better, and one more number).
 */
const OF_OTHER_CALLS = 0.13;
const NORMAL_REACH = 1.96;

export interface SavingTerms {
  readonly invocationsPerMonth: number;
  /** What a real call costs at the present size on average. */
  readonly presentUsd: number;
  /** Its standard error as a sample of what is to come, as a fraction. */
  readonly ofTraffic: number;
  /** 1 − cost ÷ present cost, as measured. */
  readonly savingsFraction: Interval;
  /** Duration at the recommended size ÷ duration at the present one. */
  readonly durationRatio: number;
  readonly presentMb: number;
  readonly nextMb: number;
}

/** Tells what a month of the real traffic saves by the change; negative where it costs more. */
export function trafficSaving(terms: SavingTerms): Interval {
  const { invocationsPerMonth, presentUsd, savingsFraction, durationRatio } = terms;
  const { estimate, low, high } = savingsFraction;
  const ofOthers =
    NORMAL_REACH * OF_OTHER_CALLS * (terms.nextMb / terms.presentMb) * Math.abs(1 - durationRatio);
  const ofTraffic = NORMAL_REACH * terms.ofTraffic * estimate;
  const usd = invocationsPerMonth * presentUsd;
  return {
    estimate: usd * estimate,
    low: usd * (estimate - Math.hypot(estimate - low, ofOthers, ofTraffic)),
    high: usd * (estimate + Math.hypot(high - estimate, ofOthers, ofTraffic)),
  };
}
