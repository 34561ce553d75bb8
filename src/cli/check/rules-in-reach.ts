import type { CheckConfig } from '../../contract/check-config.ts';
import type { Warning } from '../../contract/state.ts';
import { LOOK_SHARES, ONLY_LOOK, shareOfLook } from '../../core/compare/alpha-spending.ts';
import { judgeable } from '../../core/compare/invocations-needed.ts';
import type { CheckOptions } from './check-options.ts';
import { localEnvironments } from './open-local-sides.ts';
import type { PlannedCheck } from './plan-check.ts';

/** More than the configuration allows. */
const MOST_INVOCATIONS = 8000;

export interface RulesInReach {
  /** Rules that nothing could ever decide. */
  readonly problems: readonly string[];
  /** Rules that could pass and not fail, or fail and not pass. */
  readonly warnings: readonly Warning[];
}

/** Whether the rules of a function can be judged with the invocations that a check may make. */
export function rulesInReach(
  { target, rules, measures }: PlannedCheck,
  comparisons: number,
  config: CheckConfig,
  options: CheckOptions,
): RulesInReach {
  const problems: string[] = [];
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
    if (kind === 'never') {
      problems.push(
        `${target.name}: ${what} can never be judged with ${maxInvocations} invocations; ${takes}`,
      );
    } else {
      const message = `${target.name}: ${what} may stay inconclusive with ${maxInvocations} invocations; ${takes}`;
      warnings.push({ code: 'rule-hard-to-judge', message });
    }
  }
  return { problems, warnings };
}
