import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import type { JudgedRule } from './judging.ts';

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
