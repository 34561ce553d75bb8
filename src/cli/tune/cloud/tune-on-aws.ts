import { randomBytes } from 'node:crypto';
import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { MOST_STATE_BYTES } from '../../../contract/shared/state-size.ts';
import { parseFunctionRef } from '../../../core/target/function-ref.ts';
import { toReadableError } from '../../../words/refusals/aws-refusal.ts';
import { EXIT, type ExitCode } from '../../shared/exit-code.ts';
import { UsageError } from '../../../api/shared/usage-error.ts';
import { agree } from '../agree.ts';
import { fail } from '../end-run.ts';
import type { PlannedTuning } from '../tuning.ts';
import type { CloudRun } from './cloud-run.ts';
import { consoleLink } from '../../shared/cloud/console-link.ts';
import { findWorkflow, type FoundWorkflow } from '../../../api/shared/cloud/find-workflow.ts';
import { followRun } from './follow-run.ts';
import { openCalls } from '../../../api/shared/cloud/open-calls.ts';
import { regionOfStatesArn } from '../../../api/shared/cloud/region-of-states-arn.ts';

/**
 * Tunes a function on AWS: in the deployed workflow where there is one, otherwise here.
 *
 * @param playHere the embedded run
 */
export async function tuneOnAws(
  tuning: PlannedTuning,
  playHere: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const {
    options,
    terminal,
    target: { connection },
  } = tuning;
  if (options.embedded === true || connection === null) return playHere();
  const region = regionOf(tuning) ?? connection.region;
  const calls = openCalls({ ...connection, region }, terminal.env);
  try {
    const workflow: FoundWorkflow =
      options.stateMachine === undefined
        ? await findWorkflow(calls, 'tune', (sentence) => terminal.stderr.write(`${sentence}\n`))
        : { kind: 'found', arn: options.stateMachine };
    if (tuning.interruption.signal.aborted) return EXIT.interrupted;
    if (workflow.kind === 'none') {
      terminal.stderr.write(
        `${workflow.why}. The workflow is played here, with your credentials.\n`,
      );
      return await playHere();
    }
    const input = inputText(tuning);
    const agreement = await agree(tuning, true);
    if (agreement.kind === 'failed') return fail(tuning, agreement);
    if (agreement.kind === 'no') return EXIT.usage;
    if (agreement.kind === 'interrupted') return EXIT.interrupted;
    const run = `cli-${randomBytes(4).toString('hex')}`;
    const executionArn = await start({ calls, stateMachineArn: workflow.arn, name: run, input });
    announce(executionArn, workflow.arn, terminal.stderr);
    const cloudRun: CloudRun = { tuning, calls, executionArn, run };
    return await followRun(cloudRun);
  } finally {
    calls.close();
  }
}

/** Returns the state machine's, or the function's own: a workflow tunes functions of its region. */
function regionOf({ options, target }: PlannedTuning): string | null {
  const { stateMachine } = options;
  if (stateMachine === undefined) return parseFunctionRef(target.functionName)?.region ?? null;
  const region = regionOfStatesArn(stateMachine, 'stateMachine');
  if (region === null) {
    throw new UsageError([
      `--state-machine: wanted the ARN of a state machine, it is ${JSON.stringify(stateMachine)}`,
    ]);
  }
  return region;
}

function inputText({ input }: PlannedTuning): string {
  const text = JSON.stringify(input);
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_STATE_BYTES) {
    throw new UsageError([
      `--payload: wanted at most ${MOST_STATE_BYTES} bytes for the whole input of a deployed workflow, it has ${bytes}; send fewer payloads, or play the workflow here with --embedded`,
    ]);
  }
  return text;
}

async function start({
  calls,
  ...request
}: Pick<CloudRun, 'calls'> & Parameters<CloudRun['calls']['startExecution']>[0]): Promise<string> {
  try {
    return await calls.startExecution(request);
  } catch (error) {
    throw isAwsError(error) ? toReadableError(error, 'the command') : error;
  }
}

/**
 * Announces the execution as soon as it has started, so that it can be found whatever becomes of the command.
 */
function announce(
  executionArn: string,
  stateMachineArn: string,
  stderr: { readonly write: (text: string) => unknown },
): void {
  const link = consoleLink(executionArn);
  stderr.write(`Started ${executionArn} of ${stateMachineArn}\n`);
  if (link !== null) stderr.write(`${link}\n`);
}
