import type { CheckRule, MetricJudgement } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import type { LookShare } from './alpha-spending.ts';
import type { Side } from './side-sample.ts';

/** What all rules of one look are judged under. */
export interface Judging {
  /** Rules judged in the whole check, over all functions: each gets its share of the error rate. */
  readonly comparisons: number;
  /** Chance of any false alarm in a check of code that did not change. */
  readonly falseAlarmRate: number;
  /** What this look may spend of both error rates. */
  readonly shareOfLook: LookShare;
  /** What a stored baseline may have drifted since, as a standard deviation; 0 for sides measured together. */
  readonly driftSpread: number;
  /** Whether the base was measured at another time, and so perhaps on something else. @default driftSpread > 0 */
  readonly isStored?: boolean;
  /** Whether nothing more will be measured. @default false */
  readonly isLast?: boolean;
}

/** Tells whether the base was measured at another time. */
export function isStored({ isStored: is, driftSpread }: Judging): boolean {
  return is ?? driftSpread > 0;
}

/** Chance that a change of just the limit is let pass, for each rule. */
export const MISS_RATE = 0.05;

/** Returns the tail that one rule may spend at this look: Bonferroni over rules, spending over looks. */
export function tailOf({ comparisons, falseAlarmRate, shareOfLook }: Judging): number {
  return (falseAlarmRate * shareOfLook.alarm) / Math.max(1, comparisons);
}

/** Returns the tail by which a rule may pass a change of just the limit at this look. */
export function missTailOf({ shareOfLook }: Judging): number {
  return MISS_RATE * shareOfLook.miss;
}

export type Sides = { readonly base: Side | null; readonly head: Side };

/** Fewer values than this say nothing. */
export const LEAST_SAMPLES = 10;

/** Tells why a quantile whose interval is open at one end tells nothing. */
export function fewForQuantile({ metric }: CheckRule): JudgementReason {
  return { code: 'few-samples-for-quantile', metric };
}

/** A judgement with its reason as facts: words add the sentence. */
export type JudgedRule = Omit<MetricJudgement, 'reason' | 'reasonFacts'> & {
  readonly reasonFacts: JudgementReason | null;
};
