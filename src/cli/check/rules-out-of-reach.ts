import type { CheckConfig } from '../../contract/check/check-config.ts';
import type { Warning } from '../../contract/tune/state.ts';
import { LOOK_SHARES, ONLY_LOOK, shareOfLook } from '../../core/compare/alpha-spending.ts';
import { judgeable } from '../../core/compare/invocations-needed.ts';
import type { CheckOptions } from './check-options.ts';
import { localEnvironments } from './local-environments.ts';
import type { PlannedCheck } from './plan-check.ts';

/** More than the configuration allows. */
const MOST_INVOCATIONS = 8000;

/**
 * Which rules of a function the invocations that a check may make are too few for: they can pass and not
 * fail, or fail and not pass, or stay inconclusive whatever is measured. Nobody should trust such a gate.
 */
export function rulesOutOfReach(
  { target, rules, measures }: PlannedCheck,
  comparisons: number,
  config: CheckConfig,
  options: CheckOptions,
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
    const what = `${rule.kind === 'budget' ? 'a budget of' : 'a change of'} ${rule.metric}`;
    const takes =
      invocations > MOST_INVOCATIONS
        ? `it takes about ${invocations}, more than a check may make; judge a lower quantile`
        : `it takes about ${invocations}: --max-invocations ${invocations}`;
    const stays = kind === 'never' ? 'stays inconclusive' : 'may stay inconclusive';
    const message = `${target.name}: ${what} ${stays} with ${maxInvocations} invocations; ${takes}`;
    warnings.push({ code: 'rule-hard-to-judge', message });
  }
  return warnings;
}
