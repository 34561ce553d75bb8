import { CheckWorkflows } from '../../api/check/cloud/check-workflows.ts';
import { handlerNotices } from '../../api/check/handler-notices.ts';
import { connectAll, measureChecks } from '../../api/check/measure-checks.ts';
import { planChecks, unmeasuredResult, type CheckPlan } from '../../api/check/plan-checks.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { Interruption } from '../shared/interruption.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import type { Terminal } from '../shared/terminal.ts';
import { agreeToCheck } from './agree-to-check.ts';
import { baselineRemedy } from './baseline-remedy.ts';
import { baselineToSave } from './baseline-to-save.ts';
import { checkDisplay } from './check-display.ts';
import type { CheckOptions } from './check-options.ts';
import { endCheck, outProblems } from './end-check.ts';
import { readConfig } from './read-config.ts';

/** `powerdial check`: from the command line to the exit code. */
export async function runCheck(
  functionName: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const plan = await planOrExplain(functionName, options);
  const measures = plan.planned.some((each) => each.measures);
  const emit = checkDisplay(options, terminal);
  for (const warning of warningsOf(plan, measures, options, terminal)) {
    if (options.progress === 'json') emit({ kind: 'warning', ...warning });
    else terminal.stderr.write(`powerdial: ${warning.message}\n`);
  }
  const isRefused = plan.missing.length > 0 && options.requireBaseline === true;
  if (isRefused || !measures) {
    if (options.dryRun === true) return isRefused ? EXIT.failed : EXIT.done;
    const code = await endCheck(unmeasuredResult(plan), options, terminal);
    return isRefused ? EXIT.failed : code;
  }
  for (const message of await handlerNotices(plan.planned, options)) {
    emit({ kind: 'warning', code: 'notice', message });
  }
  const interruption = new Interruption({ onFirst: () => undefined, onSecond: () => undefined });
  const surroundings = {
    env: terminal.env,
    signal: interruption.signal,
    emit,
    onFailures: (text: string) => {
      if (options.quiet !== true) terminal.stderr.write(text);
    },
  };
  const workflows = new CheckWorkflows(options, surroundings);
  interruption.start();
  try {
    if (options.dryRun !== true) await connectAll(plan, workflows);
    const { signal } = interruption;
    const agreed = await agreeToCheck(plan.planned, plan.config, options, terminal, signal);
    if (agreed !== null) return agreed;
    const measured = await measureChecks(plan, surroundings, workflows);
    if (measured.kind === 'done') {
      const baseline = baselineToSave(measured.result, options);
      return await endCheck(measured.result, options, terminal, { baseline });
    }
    if (measured.result !== null) {
      // No head of a check that was ended becomes a baseline.
      const baseline = keptBaseline(options);
      await endCheck(measured.result, options, terminal, { baseline });
    }
    terminal.stderr.write('Interrupted; nothing was changed.\n');
    return EXIT.interrupted;
  } finally {
    workflows.close();
    interruption.stop();
  }
}

/**
 * Everything that can be found wrong without invoking anything, in one message.
 *
 * @throws {UsageError}
 */
async function planOrExplain(
  functionName: string | undefined,
  options: CheckOptions,
): Promise<CheckPlan> {
  const config = await readConfig(options);
  const remedy = baselineRemedy(functionName, options);
  const plan = await planChecks(
    { functionName, config, settings: options, remedy },
    outProblems(options),
  );
  if (options.dryRun === true) return plan;
  const { out = [], saveBaseline } = options;
  const baselines = saveBaseline === undefined ? [] : [saveBaseline];
  const unwritable = await prepareOutputs({ '--out': out, '--save-baseline': baselines });
  if (unwritable.length > 0) throw new UsageError([...new Set(unwritable)]);
  return plan;
}

/**
 * Returns the warnings of planning, which are printed at once; the result has them too, where somebody reads
 * it.
 */
function warningsOf(
  { planned: plans, missing }: CheckPlan,
  measures: boolean,
  options: CheckOptions,
  { stdout }: Terminal,
): readonly Warning[] {
  // A program that reads standard output would leave people without it.
  const isUnseen = measures || options.json === true || !stdout.isTTY || options.dryRun === true;
  return [
    ...(isUnseen ? missing : []),
    ...(options.quiet === true ? [] : plans.flatMap((each) => each.warnings)),
  ];
}

function keptBaseline({ saveBaseline: file }: CheckOptions): ReturnType<typeof baselineToSave> {
  return file === undefined
    ? { kind: 'none' }
    : { kind: 'keep', file, reason: 'the check was interrupted' };
}
