import type { CheckConfig } from '../../contract/check/check-config.ts';
import type { CheckResult } from '../../contract/check/check.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { UsageError } from '../shared/usage-error.ts';
import { checkResult } from './check-result.ts';
import type { CheckSettings } from './check-settings.ts';
import { chooseTargets } from './choose-targets.ts';
import { workflowProblems } from './cloud/check-workflows.ts';
import { missingBaselines, type BaselineRemedy } from './missing-baselines.ts';
import { planCheck, type PlannedCheck } from './plan-check.ts';
import { findRulesOutOfReach } from './find-rules-out-of-reach.ts';

/** A whole check before anything is opened. */
export interface CheckPlan {
  readonly planned: readonly PlannedCheck[];
  readonly config: CheckConfig;
  readonly settings: CheckSettings;
  /** Rules of all functions together: they share the false alarms. */
  readonly comparisons: number;
  /** Baselines that are not there yet. */
  readonly missing: readonly Warning[];
  readonly remedy: BaselineRemedy;
}

/** What is to be checked, and how. */
export interface CheckAssignment {
  /** In place of the functions of the configuration. */
  readonly functionName: string | undefined;
  readonly config: CheckConfig;
  readonly settings: CheckSettings;
  readonly remedy: BaselineRemedy;
}

/**
 * Plans a check and finds everything that is wrong without invoking anything.
 *
 * @param others problems that were found before, to be told with the rest
 * @throws {UsageError}
 */
export async function planChecks(
  { functionName, config, settings, remedy }: CheckAssignment,
  others: readonly string[] = [],
): Promise<CheckPlan> {
  const { targets, problems: named } = chooseTargets(functionName, settings, config);
  const problems = [...named, ...others, ...workflowProblems(settings)];
  const planned: PlannedCheck[] = [];
  for (const target of targets) {
    try {
      planned.push(await planCheck(target, config, settings, targets.length === 1));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UsageError([...new Set(problems)]);
  const comparisons = planned.reduce((sum, { rules }) => sum + rules.length, 0);
  return {
    planned: planned.map((plan) => ({
      ...plan,
      warnings: [...plan.warnings, ...findRulesOutOfReach(plan, comparisons, config, settings)],
    })),
    config,
    settings,
    comparisons,
    missing: missingBaselines(planned, settings, remedy),
    remedy,
  };
}

/** Returns the result of a check that measures nothing, or of one that was not begun. */
export function unmeasuredResult({ config, missing, planned }: CheckPlan): CheckResult {
  return checkResult([], config.falseAlarmRate, {
    warnings: [...missing, ...warnOfUnmeasured(planned)],
  });
}

/** Tells what there is to know about functions that are in no result of their own. */
export function warnOfUnmeasured(planned: readonly PlannedCheck[]): readonly Warning[] {
  return planned.filter(({ measures }) => !measures).flatMap(({ warnings }) => warnings);
}
