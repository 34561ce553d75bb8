import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import { readFunctionName } from '../../../contract/shared/read-function-name.ts';
import type { WorkflowCalls } from '../../../aws/workflow-calls.ts';
import { toReadableError } from '../../../words/refusals/aws-refusal.ts';
import { type ExitCode } from '../../shared/exit-code.ts';
import { UsageError } from '../../../api/shared/usage-error.ts';
import { prepareOutputs } from '../../shared/outputs/prepare-outputs.ts';
import { progressDisplay } from '../../shared/progress/progress-display.ts';
import type { Terminal } from '../../shared/terminal.ts';
import { Interruption } from '../../shared/interruption.ts';
import { connectAws } from '../../../api/shared/connect-aws.ts';
import { openAws } from '../../../api/shared/open-aws.ts';
import { outProblems } from '../settle-options.ts';
import type { TuneOptions } from '../tune-options.ts';
import { attachCommand } from './cloud-run.ts';
import { followRun } from './follow-run.ts';
import { openCalls } from '../../../api/shared/cloud/open-calls.ts';
import { regionOfStatesArn } from '../../../api/shared/cloud/region-of-states-arn.ts';

/** What does not change the run: how to reach it, and what to do with what it returns. */
const FITTING: ReadonlySet<string> = new Set([
  'attach',
  'region',
  'profile',
  'json',
  'out',
  'title',
  'yes',
  'color',
  'quiet',
  'verbose',
]);

/** `powerdial tune --attach`: takes up a run in Step Functions again, also one that has ended. */
export async function attach(
  executionArn: string,
  functionName: string | undefined,
  options: TuneOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const region = refuse(executionArn, functionName, options);
  const unwritable = await prepareOutputs({ '--out': options.out ?? [] });
  if (unwritable.length > 0) throw new UsageError(unwritable);
  const connection = await connectAws(options, terminal.env, region);
  const calls = openCalls(connection, terminal.env);
  const display = progressDisplay(terminal, options);
  const interruption = new Interruption({
    onFirst: () => undefined,
    onSecond: () => {
      display.end();
      terminal.stderr.write(
        `Stopped following. Take it up again: ${attachCommand(executionArn)}\n`,
      );
    },
  });
  interruption.start();
  try {
    const execution = await describe(calls, executionArn);
    const target = openAws(functionOf(execution), connection, interruption.signal);
    try {
      return await followRun({
        tuning: {
          options,
          terminal,
          target,
          interruption,
          emit: display.show,
          endProgress: display.end,
        },
        calls,
        executionArn,
        run: execution.name,
      });
    } finally {
      await target.close();
    }
  } finally {
    display.end();
    calls.close();
    interruption.stop();
  }
}

/** @returns the execution's region */
function refuse(
  executionArn: string,
  functionName: string | undefined,
  options: TuneOptions,
): string {
  const region = regionOfStatesArn(executionArn, 'execution');
  const others = Object.keys(options).filter((key) => !FITTING.has(key));
  const problems = [
    ...(region === null
      ? [`--attach: wanted the ARN of an execution, it is ${JSON.stringify(executionArn)}`]
      : []),
    ...(functionName === undefined
      ? []
      : [`--attach: the run knows its function, wanted no other one beside it`]),
    ...others.map(
      (key) => `--attach: the run is under way with its own input, so ${flag(key)} has no effect`,
    ),
    ...outProblems(options),
  ];
  if (problems.length > 0 || region === null) throw new UsageError(problems);
  return region;
}

function flag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function describe(calls: WorkflowCalls, executionArn: string): Promise<ExecutionOutcome> {
  try {
    return await calls.readExecution(executionArn);
  } catch (error) {
    throw isAwsError(error) ? toReadableError(error, 'the command') : error;
  }
}

function functionOf({ executionArn, input }: ExecutionOutcome): string {
  const name = input === null ? null : readFunctionName(JSON.parse(input));
  if (name !== null) return name;
  throw new PowerdialError(
    'AwsCallFailed',
    `Attach to ${executionArn}: wanted a run of Powerdial, its input ${input === null ? 'cannot be read' : 'names no function'}.`,
    { facts: { executionArn } },
  );
}
