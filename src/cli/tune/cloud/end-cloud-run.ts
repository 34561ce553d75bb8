import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import type { Json } from '../../../contract/shared/json.ts';
import type { Result } from '../../../contract/tune/result.ts';
import type { ExitCode } from '../../shared/exit-code.ts';
import { fail, finish, type RunFailure } from '../end-run.ts';
import type { CloudRun } from './cloud-run.ts';
import { confirmPutBack } from './confirm-put-back.ts';
import type { HistoryReader } from '../../../api/shared/cloud/history-reader.ts';
import { putBackSentence } from './put-back-sentence.ts';

/**
 * Ends the command as the run ended. A run that failed without its own clean-up (stopped by somebody
 * else, out of its time, or by an error that no catcher sees) is cleaned up after by a rule: that is
 * waited for.
 *
 * @param result what was recommended before it failed
 */
export async function endCloudRun(
  cloudRun: CloudRun,
  outcome: ExecutionOutcome,
  reader: HistoryReader,
  result: Result | null,
): Promise<ExitCode> {
  const { tuning, run } = cloudRun;
  if (outcome.status === 'SUCCEEDED') {
    return outcome.output === null
      ? fail(tuning, withheld(outcome))
      : finish(tuning, JSON.parse(outcome.output) as Json);
  }
  const failure = { ...failureOf(outcome), result };
  const cleanedUp = outcome.status === 'FAILED' && !failure.error.startsWith('States.');
  if (cleanedUp) return fail(tuning, failure);
  tuning.emit({ kind: 'stage-started', stage: 'CleanUp' });
  const { target } = tuning;
  const confirmation = await confirmPutBack({
    deps: target.world,
    functionName: target.functionName,
    run,
    underWay: reader.underWay,
    now: Date.now,
    sleep: (ms) => delay(ms),
  });
  return fail(tuning, failure, putBackSentence(target.functionName, confirmation));
}

function failureOf({ status, error, cause }: ExecutionOutcome): Omit<RunFailure, 'result'> {
  const words: Readonly<Partial<Record<ExecutionOutcome['status'], string>>> = {
    ABORTED: 'The execution was stopped by somebody else.',
    TIMED_OUT: 'The execution ran out of its time.',
  };
  return { error: error ?? status, cause: cause ?? words[status] ?? 'It gives no cause.' };
}

function withheld({ executionArn }: ExecutionOutcome): RunFailure {
  return {
    error: 'PermissionMissing',
    cause: `Read the output of ${executionArn}: the run succeeded, but AWS withholds its output. Wanted permission to decrypt with the state machine's key; docs/security.md lists what the command needs.`,
    result: null,
  };
}
