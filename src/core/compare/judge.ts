import type { CheckRule, MetricJudgement } from '../../contract/check/check.ts';
import { isShareOfFailures } from '../../contract/check/metric.ts';
import { judgeBudget } from './judge-budget.ts';
import { judgeErrors } from './judge-errors.ts';
import { judgeRegression } from './judge-regression.ts';
import type { JudgedRule, Judging, Sides } from './judging.ts';
import { leaveUnpricedOpen, shareTariff } from './shared-tariff.ts';

/** Judges every rule of one function on what was observed so far. */
export function judge(
  rules: readonly CheckRule[],
  sides: Sides,
  judging: Judging,
): readonly JudgedRule[] {
  const { sides: priced, notPriced } = shareTariff(sides);
  const judged = rules.map((rule) => {
    if (rule.kind === 'budget') return judgeBudget(rule, priced, judging);
    return isShareOfFailures(rule.metric)
      ? judgeErrors(rule, priced, judging)
      : judgeRegression(rule, priced, judging);
  });
  return notPriced === null ? judged : leaveUnpricedOpen(judged, priced, notPriced);
}

type Judged = Pick<MetricJudgement, 'rule' | 'verdict' | 'reasonFacts'>;

/** Tells whether a judgement fails the check. */
export function failsCheck({ rule, verdict }: Judged): boolean {
  return rule.level === 'error' && (verdict === 'regressed' || verdict === 'over-budget');
}

/** Tells whether a judgement of a rule that matters tells nothing. */
export function isOpen({ rule, verdict }: Judged): boolean {
  return rule.level === 'error' && (verdict === 'inconclusive' || verdict === 'incompatible');
}

/**
 * Tells whether more measuring could not change how the check ends: a rule has failed, or none is open for
 * want of it.
 *
 * @param patient whether every rule has to be decided, also where one has failed already
 */
export function isSettled(judgements: readonly Judged[], patient = false): boolean {
  const decided = !judgements.some(
    ({ verdict, reasonFacts }) =>
      verdict === 'inconclusive' && reasonFacts?.code !== 'provisioned-not-priced',
  );
  return decided || (!patient && judgements.some(failsCheck));
}

/** Tells what all judgements of a check come to. */
export function overallVerdict(judgements: readonly Judged[]): 'pass' | 'fail' | 'inconclusive' {
  if (judgements.some(failsCheck)) return 'fail';
  return judgements.some(isOpen) ? 'inconclusive' : 'pass';
}
