import { writeFile } from 'node:fs/promises';
import type { CheckConfig } from '../../contract/check-config.ts';
import type { CheckedFunction, FailedFunction } from '../../contract/check.ts';
import { ask } from '../ask.ts';
import { EXIT, UsageError, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { Interruption } from '../tune/interruption.ts';
import { checkFunction } from './check-function.ts';
import type { CheckOptions } from './check-options.ts';
import { CheckWorkflows, workflowProblems } from './cloud/check-workflows.ts';
import { checkedTargets } from './checked-targets.ts';
import { checkResult, endCheck, outProblems } from './end-check.ts';
import { planCheck, type PlannedCheck } from './plan-check.ts';
import { readConfig } from './read-config.ts';

/** `powerdial check`: from the command line to the exit code. */
export async function runCheck(
  functionName: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await readConfig(options);
  const problems = [...outProblems(options), ...workflowProblems(options)];
  const planned: PlannedCheck[] = [];
  for (const target of checkedTargets(functionName, options, config)) {
    try {
      planned.push(await planCheck(target, config, options));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
  const missing = sayMissing(planned, options, terminal);
  if (missing !== null) return missing;
  const interruption = new Interruption({ onFirst: () => undefined, onSecond: () => undefined });
  const workflows = new CheckWorkflows(options, terminal);
  interruption.start();
  try {
    const agreed = await agree(planned, config, options, terminal, interruption.signal);
    if (agreed !== null) return agreed;
    return await measureAll(planned, config, options, terminal, interruption.signal, workflows);
  } finally {
    workflows.close();
    interruption.stop();
  }
}

/** Warns of baselines that are not there yet; an exit code where that is the end. */
function sayMissing(
  planned: readonly PlannedCheck[],
  options: CheckOptions,
  { stderr }: Terminal,
): ExitCode | null {
  const missing = planned.filter((each) => each.missingBaseline !== null);
  for (const { target, missingBaseline } of missing) {
    const which =
      target.kind === 'local'
        ? `--local ${target.head.target}`
        : `${target.head.target}${target.head.qualifier === null ? '' : ` --head ${target.head.qualifier}`}`;
    stderr.write(
      `powerdial: there is no baseline ${missingBaseline ?? ''} for ${target.name} yet. This makes one:\n  powerdial check ${which} --save-baseline ${missingBaseline ?? ''}\n`,
    );
  }
  if (missing.length > 0 && options.requireBaseline === true) return EXIT.failed;
  return planned.some(({ measures }) => measures) ? null : EXIT.done;
}

/** On AWS, says what the check will do, and asks where somebody can answer. */
async function agree(
  planned: readonly PlannedCheck[],
  config: CheckConfig,
  options: CheckOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode | null> {
  const { stderr, stdin } = terminal;
  const measured = planned.filter(({ measures }) => measures);
  const onAws = measured.filter(({ target }) => target.kind === 'aws');
  for (const { target } of options.dryRun === true ? measured : onAws) {
    const sides = target.base === null ? 1 : 2;
    stderr.write(
      `This check will really invoke ${target.name}, with its side effects: at most ${config.maxInvocations + sides} times, for at most ${config.maxUsd} USD. It changes nothing.\n`,
    );
  }
  if (options.dryRun === true) return EXIT.done;
  if (onAws.length === 0 || options.yes === true || !stdin.isTTY || !stderr.isTTY) return null;
  switch (await ask('Go on?', terminal, signal)) {
    case 'yes':
      return null;
    case 'no':
      return EXIT.usage;
    case 'interrupted':
      return EXIT.interrupted;
  }
}

async function measureAll(
  planned: readonly PlannedCheck[],
  config: CheckConfig,
  options: CheckOptions,
  terminal: Terminal,
  signal: AbortSignal,
  workflows: CheckWorkflows,
): Promise<ExitCode> {
  const comparisons = planned.reduce((sum, { rules }) => sum + rules.length, 0);
  const functions: CheckedFunction[] = [];
  const failed: FailedFunction[] = [];
  const check = { config, options, terminal, signal, comparisons, workflows };
  for (const plan of planned.filter(({ measures }) => measures)) {
    const checked = await checkFunction({ ...check, plan });
    switch (checked.kind) {
      case 'done':
        functions.push(checked.result);
        break;
      case 'failed':
        failed.push({ function: plan.target.name, error: checked.error, cause: checked.cause });
        break;
      case 'interrupted':
        terminal.stderr.write('Interrupted; nothing was changed.\n');
        return EXIT.interrupted;
    }
  }
  const result = checkResult(functions, config.falseAlarmRate, { failed });
  // A baseline that lacks a function would be missed only later, by whoever compares with it.
  if (options.saveBaseline !== undefined && failed.length === 0) {
    await writeFile(options.saveBaseline, `${JSON.stringify(result)}\n`);
    terminal.stderr.write(`Saved the baseline ${options.saveBaseline}.\n`);
  }
  return endCheck(result, options, terminal);
}
