import type { CheckedFunction, MetricJudgement } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import type { MachineLoad } from '../../contract/shared/machine.ts';
import type { Busy } from '../../contract/shared/warnings/facts.ts';
import { busyOf } from '../../core/compare/machine-load.ts';
import { isOfSpeed } from '../../contract/check/metric.ts';
import { toWarning } from '../warnings/warning.ts';
import { toMetricJudgement } from './judgement.ts';

/**
 * Returns a check on a machine of the user's, with what went on there. Where it was too busy, handlers were
 * slower than they are: what then seems over its budget, or slower than a baseline of another day, is
 * undecided. Two sides that were measured side by side were slowed alike, and their comparison stands.
 */
export function judgeUnderLoad(checked: CheckedFunction, load: MachineLoad): CheckedFunction {
  const busy = busyOf(load);
  if (busy === null) return { ...checked, machineLoad: load };
  const warning = toWarning({ code: 'machine-busy', function: checked.function, ...busy });
  return {
    ...checked,
    machineLoad: load,
    metrics: checked.metrics.map((each) => judgeMetric(each, checked, busy)),
    warnings: [...checked.warnings, warning],
  };
}

/** Reasons that noise explains: a machine with more to do makes more of it. */
const OF_NOISE: readonly JudgementReason['code'][] = [
  'limit-within-noise',
  'change-above-limit-possible',
  'no-change-possible',
  'drift-possible',
];

function judgeMetric(
  each: MetricJudgement,
  { baseline }: CheckedFunction,
  busy: Busy,
): MetricJudgement {
  if (!isOfSpeed(each.metric)) return each;
  const isAlone = each.rule.kind === 'budget' || baseline === 'stored';
  const isBad = each.verdict === 'over-budget' || each.verdict === 'regressed';
  const why = each.reasonFacts?.code;
  const isNoisy = each.verdict === 'inconclusive' && why !== undefined && OF_NOISE.includes(why);
  if (!(isBad && isAlone) && !isNoisy) return each;
  const reasonFacts = { code: 'machine-busy' as const, ...busy };
  return toMetricJudgement({ ...each, verdict: 'inconclusive', reasonFacts });
}
