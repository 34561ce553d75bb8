import type { MetricJudgement } from '../../contract/check/check.ts';
import type { JudgedRule } from '../../core/compare/judging.ts';
import { judgementReasonText } from '../reasons/judgement-reason.ts';

/** Returns a judgement with its reason in words, as results hold it. */
export function toMetricJudgement({ reasonFacts, ...judged }: JudgedRule): MetricJudgement {
  const reason = reasonFacts === null ? null : judgementReasonText(reasonFacts);
  return { ...judged, reason, reasonFacts };
}

/**
 * What to do about a result of tune that tells too little: it does not tell environments apart, so that
 * only cold starts show how many there were, and one invocation at a time makes every one that is asked for.
 */
export const TUNE_REMEDY =
  'for a result of tune: tune with --invocations 40 --cold-starts 8 --concurrency 1, or measure with powerdial check';
