import type { Metric } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import type { JudgedRule } from './judging.ts';

/** What a function that answers from what it has seen, or a machine that others use, makes meaningless. */
export function isOfTime(metric: Metric): boolean {
  return metric.startsWith('duration.') || metric === 'cost' || metric === 'timeout.headroom';
}

/** Leaves the judgements that a test picks undecided, for a reason that no figure shows. */
export function leaveOpen<Judged extends Pick<JudgedRule, 'verdict' | 'metric'>>(
  judgements: readonly Judged[],
  reasonFacts: JudgementReason,
  isMeant: (judgement: Judged) => boolean,
): readonly (Judged & Pick<JudgedRule, 'verdict' | 'reasonFacts'>)[] {
  return judgements.map((each) =>
    isMeant(each) && each.verdict !== 'incompatible'
      ? { ...each, verdict: 'inconclusive' as const, reasonFacts }
      : (each as Judged & Pick<JudgedRule, 'verdict' | 'reasonFacts'>),
  );
}
