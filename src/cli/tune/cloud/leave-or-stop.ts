import { setTimeout as delay } from 'node:timers/promises';
import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import { EXIT, type ExitCode } from '../../shared/exit-code.ts';
import { ask } from '../../shared/ask.ts';
import { endInterrupted } from '../end-run.ts';
import { attachCommand, type CloudRun } from './cloud-run.ts';
import { confirmPutBack } from './confirm-put-back.ts';
import { endCloudRun } from './end-cloud-run.ts';
import type { HistoryReader } from '../../../api/shared/cloud/history-reader.ts';
import { putBackSentence } from './put-back-sentence.ts';

const CAUSE = 'Stopped by powerdial tune, at the request of its user';

/** StopExecution answers at once; its effect may show a moment later. */
const LOOKS = 20;
const LOOK_PAUSE_MS = 500;

/**
 * After Ctrl-C: asks a person whether the run goes on without the command; where nobody can be asked it
 * is stopped, and waited for until the function is put back.
 */
export async function leaveOrStop(cloudRun: CloudRun, reader: HistoryReader): Promise<ExitCode> {
  const { tuning, executionArn, run } = cloudRun;
  const { options, terminal, interruption } = tuning;
  tuning.endProgress();
  // Only Ctrl-C comes from somebody who is there to answer.
  const canAsk = interruption.by === 'SIGINT' && terminal.stdin.isTTY && terminal.stderr.isTTY;
  if (canAsk && options.yes !== true) {
    const question = 'Stop the run? It goes on in AWS otherwise.';
    if ((await ask(question, terminal, new AbortController().signal)) !== 'yes') {
      return endInterrupted(
        tuning,
        `Run ${run} goes on without you. Follow it again: ${attachCommand(executionArn)}`,
      );
    }
  }
  terminal.stderr.write(
    `Stopping the run and waiting until ${tuning.target.functionName} is put back.\n`,
  );
  return stop(cloudRun, reader);
}

async function stop(cloudRun: CloudRun, reader: HistoryReader): Promise<ExitCode> {
  const { tuning, calls, executionArn, run } = cloudRun;
  const { functionName, world } = tuning.target;
  try {
    await calls.stopExecution(executionArn, CAUSE);
    const outcome = await awaitEnd(cloudRun);
    // The run was faster than the stop: then it has a result, or failed and cleaned up.
    if (outcome.status === 'SUCCEEDED' || outcome.status === 'FAILED') {
      return await endCloudRun(cloudRun, outcome, reader, null);
    }
    for (const event of await calls.readEvents(executionArn, reader.lastId)) reader.read(event);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { action, resource, code, message } = error;
    const ending = `The run could not be stopped: ${action} on ${resource} answered ${code}: ${message}. It goes on in AWS. Follow it: ${attachCommand(executionArn)}`;
    return endInterrupted(tuning, ending, EXIT.failed);
  }
  const confirmation = await confirmPutBack({
    deps: world,
    functionName,
    run,
    underWay: reader.underWay,
    now: Date.now,
    sleep: (ms) => delay(ms),
  });
  return confirmation.kind === 'confirmed'
    ? endInterrupted(tuning, `Stopped; ${putBackSentence(functionName, confirmation)}`)
    : endInterrupted(tuning, putBackSentence(functionName, confirmation), EXIT.failed);
}

async function awaitEnd({ calls, executionArn }: CloudRun): Promise<ExecutionOutcome> {
  for (let look = 1; ; look++) {
    const outcome = await calls.readExecution(executionArn);
    if (outcome.status !== 'RUNNING' || look === LOOKS) return outcome;
    await delay(LOOK_PAUSE_MS);
  }
}
