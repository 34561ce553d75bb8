import type { CheckConfig } from '../../contract/check/check-config.ts';
import type { CheckedFunction, FailedFunction } from '../../contract/check/check.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import type { PlayedCheck } from '../../play/play-check.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { readSurroundings } from '../../api/shared/handler/handler-surroundings.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import type { Terminal } from '../shared/terminal.ts';
import { Interruption } from '../shared/interruption.ts';
import { agreeToCheck } from './agree-to-check.ts';
import { baselineToSave } from './baseline-to-save.ts';
import { checkFunction, type FunctionCheck } from './check-function.ts';
import type { CheckOptions } from './check-options.ts';
import { checkedTargets } from '../../api/check/checked-targets.ts';
import { checkResult } from '../../api/check/check-result.ts';
import { endCheck, outProblems } from './end-check.ts';
import { CheckWorkflows, workflowProblems } from './cloud/check-workflows.ts';
import { handlerNotices } from '../../api/check/handler-notices.ts';
import { commandFor, missingBaselines, type OwnCommand } from './missing-baselines.ts';
import { planCheck, type PlannedCheck } from '../../api/check/plan-check.ts';
import { readConfig } from './read-config.ts';
import { rulesOutOfReach } from '../../api/check/rules-out-of-reach.ts';

/** `powerdial check`: from the command line to the exit code. */
export async function runCheck(
  functionName: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await readConfig(options);
  const planned = await planAll(functionName, options, config);
  const own = { functionName, options };
  const missing = missingBaselines(planned, own);
  const measures = planned.some((each) => each.measures);
  // The result says it too; a program that reads standard output would leave people without it.
  if (measures || options.json === true || !terminal.stdout.isTTY || options.dryRun === true) {
    for (const { message } of missing) terminal.stderr.write(`powerdial: ${message}\n`);
  }
  if (options.quiet !== true) {
    for (const { message } of planned.flatMap(({ warnings }) => warnings)) {
      terminal.stderr.write(`powerdial: ${message}\n`);
    }
  }
  const isRefused = missing.length > 0 && options.requireBaseline === true;
  if (isRefused || !measures) {
    if (options.dryRun === true) return isRefused ? EXIT.failed : EXIT.done;
    const warnings = [...missing, ...ofUnmeasured(planned)];
    const result = checkResult([], config.falseAlarmRate, { warnings });
    const code = await endCheck(result, options, terminal);
    return isRefused ? EXIT.failed : code;
  }
  if (planned.some(({ target, measures: isMeasured }) => isMeasured && target.kind === 'local')) {
    const { notices } = await readSurroundings(options);
    const ofHandlers = await handlerNotices(planned, options);
    for (const notice of [...notices, ...ofHandlers]) terminal.stderr.write(`${notice}\n`);
  }
  const interruption = new Interruption({ onFirst: () => undefined, onSecond: () => undefined });
  const workflows = new CheckWorkflows(options, terminal);
  interruption.start();
  try {
    if (options.dryRun !== true) await connectAll(planned, workflows);
    const agreed = await agreeToCheck(planned, config, options, terminal, interruption.signal);
    if (agreed !== null) return agreed;
    // What is wrong with them is told before the first function is invoked.
    for (const { target, measures: isMeasured } of planned) {
      if (isMeasured && target.kind === 'aws') await workflows.of(target);
    }
    const check = { config, options, terminal, signal: interruption.signal, workflows };
    return await measureAll({ planned, missing, own }, check);
  } finally {
    workflows.close();
    interruption.stop();
  }
}

/**
 * Finds out how AWS is reached for all functions, before anybody is asked anything.
 *
 * @throws {UsageError}
 */
async function connectAll(
  planned: readonly PlannedCheck[],
  workflows: CheckWorkflows,
): Promise<void> {
  for (const { target, measures } of planned) {
    if (measures && target.kind === 'aws') await workflows.connection(target);
  }
}

/**
 * Everything that can be found wrong without invoking anything, in one message.
 *
 * @throws {UsageError}
 */
async function planAll(
  functionName: string | undefined,
  options: CheckOptions,
  config: CheckConfig,
): Promise<readonly PlannedCheck[]> {
  const { targets, problems: named } = checkedTargets(functionName, options, config);
  const problems = [...named, ...outProblems(options), ...workflowProblems(options)];
  const planned: PlannedCheck[] = [];
  for (const target of targets) {
    try {
      planned.push(await planCheck(target, config, options, targets.length === 1));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(...error.problems);
    }
  }
  const comparisons = planned.reduce((sum, { rules }) => sum + rules.length, 0);
  if (problems.length === 0 && options.dryRun !== true) {
    const { out = [], saveBaseline } = options;
    const baselines = saveBaseline === undefined ? [] : [saveBaseline];
    problems.push(...(await prepareOutputs({ '--out': out, '--save-baseline': baselines })));
  }
  if (problems.length > 0) throw new UsageError([...new Set(problems)]);
  return planned.map((plan) => ({
    ...plan,
    warnings: [...plan.warnings, ...rulesOutOfReach(plan, comparisons, config, options)],
  }));
}

interface Planned {
  readonly planned: readonly PlannedCheck[];
  readonly missing: readonly Warning[];
  readonly own: OwnCommand;
}

async function measureAll(
  { planned, missing, own }: Planned,
  check: Omit<FunctionCheck, 'plan' | 'comparisons'>,
): Promise<ExitCode> {
  const { config, options, terminal } = check;
  const comparisons = planned.reduce((sum, { rules }) => sum + rules.length, 0);
  const functions: CheckedFunction[] = [];
  const failed: FailedFunction[] = [];
  for (const plan of planned.filter(({ measures }) => measures)) {
    const checked = await checkFunction({ ...check, plan, comparisons }).catch(toFailedCheck);
    switch (checked.kind) {
      case 'done':
        functions.push(withPlan(checked.result, plan, commandFor(plan, planned, own)));
        break;
      case 'failed':
        failed.push({ function: plan.target.name, error: checked.error, cause: checked.cause });
        break;
      case 'interrupted':
        if (checked.result !== null) functions.push(checked.result);
        return endInterrupted(functions, failed, { planned, missing, own }, check);
    }
  }
  const result = checkResult(functions, config.falseAlarmRate, {
    failed,
    warnings: [...missing, ...ofUnmeasured(planned)],
    unjudged: missing.length > 0 && planned.some(({ unjudged }) => unjudged),
  });
  return endCheck(result, options, terminal, { baseline: baselineToSave(result, options) });
}

/** Shows and writes what was measured until somebody ended the check; no head of it becomes a baseline. */
async function endInterrupted(
  functions: readonly CheckedFunction[],
  failed: readonly FailedFunction[],
  { planned, missing }: Planned,
  { config, options, terminal }: Omit<FunctionCheck, 'plan' | 'comparisons'>,
): Promise<ExitCode> {
  const left = planned
    .filter(
      ({ measures, target }) =>
        measures && !functions.some((each) => each.function === target.name),
    )
    .filter(({ target }) => !failed.some((each) => each.function === target.name))
    .map(({ target }) => target.name);
  if (functions.length > 0 || failed.length > 0) {
    const result = checkResult(functions, config.falseAlarmRate, {
      failed,
      warnings: [
        ...missing,
        ...ofUnmeasured(planned),
        toWarning({ code: 'interrupted', command: 'check', left }),
      ],
      unjudged: true,
    });
    const { saveBaseline: file } = options;
    const baseline =
      file === undefined
        ? ({ kind: 'none' } as const)
        : ({ kind: 'keep', file, reason: 'the check was interrupted' } as const);
    await endCheck(result, options, terminal, { baseline });
  }
  terminal.stderr.write('Interrupted; nothing was changed.\n');
  return EXIT.interrupted;
}

/** Tells what there is to know about functions that are in no result of their own. */
function ofUnmeasured(planned: readonly PlannedCheck[]): readonly Warning[] {
  return planned.filter(({ measures }) => !measures).flatMap(({ warnings }) => warnings);
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
  { warnings }: PlannedCheck,
  renewal: string,
): CheckedFunction {
  return {
    ...result,
    warnings: [...warnings, ...result.warnings],
    metrics: result.metrics.map((each) =>
      each.verdict === 'incompatible'
        ? { ...each, reason: `${each.reason ?? ''}; to make the baseline anew: ${renewal}` }
        : each,
    ),
  };
}
