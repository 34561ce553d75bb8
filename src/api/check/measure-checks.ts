import type { CheckedFunction, CheckResult, FailedFunction } from '../../contract/check/check.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import { overallVerdict } from '../../core/compare/judge.ts';
import type { PlayedCheck } from '../../play/play-check.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { UsageError } from '../shared/usage-error.ts';
import { checkFunction } from './check-function.ts';
import { checkResult } from './check-result.ts';
import type { CheckSurroundings } from './check-surroundings.ts';
import type { CheckedTarget } from './checked-target.ts';
import type { CheckWorkflows } from './cloud/check-workflows.ts';
import type { PlannedCheck } from './plan-check.ts';
import { warnOfUnmeasured, type CheckPlan } from './plan-checks.ts';

/** How the measuring of a whole check ended. */
export type MeasuredChecks =
  | { readonly kind: 'done'; readonly result: CheckResult }
  /** With what was measured by then; `null` where that was nothing. */
  | { readonly kind: 'interrupted'; readonly result: CheckResult | null };

/** Measures and judges one function after another. An expected error of one leaves the others their results. */
export async function measureChecks(
  plan: CheckPlan,
  surroundings: CheckSurroundings,
  workflows: CheckWorkflows,
): Promise<MeasuredChecks> {
  const { planned, config, settings, comparisons } = plan;
  const { emit } = surroundings;
  // What is wrong with a workflow is told before the first function is invoked.
  for (const target of selectAwsTargets(plan)) await workflows.of(target);
  const functions: CheckedFunction[] = [];
  const failed: FailedFunction[] = [];
  for (const each of planned.filter(({ measures }) => measures)) {
    const { name } = each.target;
    const { maxInvocations: mostInvocations, maxUsd: mostUsd } = config;
    emit({ kind: 'check-started', function: name, mostInvocations, mostUsd });
    const check = { plan: each, config, settings, surroundings, comparisons, workflows };
    const checked = await checkFunction(check).catch(toFailedCheck);
    switch (checked.kind) {
      case 'done': {
        const result = withPlan(checked.result, each, plan);
        functions.push(result);
        emit({ kind: 'checked', function: name, verdict: overallVerdict(result.metrics) });
        break;
      }
      case 'failed': {
        const { error, cause } = checked;
        failed.push({ function: name, error, cause });
        emit({ kind: 'not-checked', function: name, error, cause });
        break;
      }
      case 'interrupted':
        if (checked.result !== null) functions.push(checked.result);
        return { kind: 'interrupted', result: interruptedResult(functions, failed, plan) };
    }
  }
  const { missing } = plan;
  const result = checkResult(functions, config.falseAlarmRate, {
    failed,
    warnings: [...missing, ...warnOfUnmeasured(planned)],
    unjudged: missing.length > 0 && planned.some(({ unjudged }) => unjudged),
  });
  return { kind: 'done', result };
}

/**
 * Finds out how AWS is reached for all functions, before anybody is asked anything.
 *
 * @throws {UsageError}
 */
export async function connectAll(plan: CheckPlan, workflows: CheckWorkflows): Promise<void> {
  for (const target of selectAwsTargets(plan)) await workflows.connection(target);
}

function selectAwsTargets({ planned }: CheckPlan): readonly CheckedTarget[] {
  return planned
    .filter(({ measures, target }) => measures && target.kind === 'aws')
    .map(({ target }) => target);
}

/** Returns what was measured until somebody ended the check, `null` where that is nothing. */
function interruptedResult(
  functions: readonly CheckedFunction[],
  failed: readonly FailedFunction[],
  { planned, missing, config }: CheckPlan,
): CheckResult | null {
  if (functions.length === 0 && failed.length === 0) return null;
  const known = new Set([...functions, ...failed].map((each) => each.function));
  const left = planned
    .filter(({ measures, target }) => measures && !known.has(target.name))
    .map(({ target }) => target.name);
  return checkResult(functions, config.falseAlarmRate, {
    failed,
    warnings: [
      ...missing,
      ...warnOfUnmeasured(planned),
      toWarning({ code: 'interrupted', command: 'check', left }),
    ],
    unjudged: true,
  });
}

/** An expected error of one function leaves the others their results. */
function toFailedCheck(error: unknown): PlayedCheck {
  if (error instanceof UsageError) {
    return { kind: 'failed', error: 'InvalidInput', cause: error.problems.join('; ') };
  }
  if (!(error instanceof PowerdialError)) throw error;
  return { kind: 'failed', error: error.name, cause: error.message };
}

/** Returns a result with what planning found, and with how a baseline that does not fit is made anew. */
function withPlan(
  result: CheckedFunction,
  each: PlannedCheck,
  { planned, remedy }: CheckPlan,
): CheckedFunction {
  return {
    ...result,
    warnings: [...each.warnings, ...result.warnings],
    metrics: result.metrics.map((judged) =>
      judged.verdict === 'incompatible'
        ? {
            ...judged,
            reason: `${judged.reason ?? ''}; to make the baseline anew: ${remedy(each, planned)}`,
          }
        : judged,
    ),
  };
}
