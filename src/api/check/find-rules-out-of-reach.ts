import type { CheckConfig } from '../../contract/check/check-config.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { LOOK_SHARES, ONLY_LOOK, shareOfLook } from '../../core/compare/alpha-spending.ts';
import { judgeable } from '../../core/compare/invocations-needed.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import type { CheckSettings } from './check-settings.ts';
import { localEnvironments } from './local-environments.ts';
import type { PlannedCheck } from './plan-check.ts';

/** More than the configuration allows. */
const MOST_INVOCATIONS = 8000;

/**
 * Tells which rules of a function the invocations that a check may make are too few for: they can pass and
 * not fail, or fail and not pass, or stay inconclusive whatever is measured. Nobody should trust such a gate.
 */
export function findRulesOutOfReach(
  { target, rules, measures }: PlannedCheck,
  comparisons: number,
  config: CheckConfig,
  options: CheckSettings,
): readonly Warning[] {
  const warnings: Warning[] = [];
  const { concurrency, falseAlarmRate, maxInvocations } = config;
  // A check that makes a baseline looks only once.
  const looksOnce = options.saveBaseline !== undefined && target.base === null;
  const extent = {
    maxInvocations,
    sides: target.base === null ? (1 as const) : (2 as const),
    mostEnvironments: target.kind === 'local' ? localEnvironments(concurrency) : concurrency,
    judging: {
      comparisons,
      falseAlarmRate,
      shareOfLook: looksOnce ? ONLY_LOOK : shareOfLook(LOOK_SHARES.length),
      driftSpread: 0,
    },
  };
  for (const rule of measures ? rules : []) {
    const { kind, invocations } = judgeable(rule, extent);
    if (kind === 'both') continue;
    warnings.push(
      toWarning({
        code: 'rule-hard-to-judge',
        function: target.name,
        rule: rule.kind,
        metric: rule.metric,
        maxInvocations,
        neededInvocations: invocations,
        mostInvocations: MOST_INVOCATIONS,
        never: kind === 'never',
      }),
    );
  }
  return warnings;
}
