import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import type { Result } from '../../../contract/tune/result.ts';
import { STAGES } from '../../../contract/tune/stages.ts';
import { toReadableError } from '../../../words/refusals/aws-refusal.ts';
import { toWarning } from '../../../words/warnings/warning.ts';
import type { ExitCode } from '../../shared/exit-code.ts';
import { RunEvents } from '../../../api/tune/run-events.ts';
import type { StageEvent } from '../../../api/shared/cloud/stage-event.ts';
import { attachCommand, type CloudRun } from './cloud-run.ts';
import { endCloudRun } from './end-cloud-run.ts';
import { followExecution } from '../../../api/shared/cloud/follow-execution.ts';
import { HistoryReader } from '../../../api/shared/cloud/history-reader.ts';
import { leaveOrStop } from './leave-or-stop.ts';

/** Follows a run in Step Functions to its end, or until somebody asks the command to stop. */
export async function followRun(cloudRun: CloudRun): Promise<ExitCode> {
  const { tuning, calls, executionArn, run } = cloudRun;
  const { emit, interruption, target } = tuning;
  // Whether the run stops is asked first; until then nothing is put back.
  interruption.onFirst = () => undefined;
  emit({ kind: 'run-started', function: target.functionName, run });
  const events = new RunEvents(emit);
  const reader = new HistoryReader(STAGES);
  let result: Result | null = null;
  const onEvent = (event: StageEvent): void => {
    if (event.kind === 'task-succeeded' && event.stateName === 'Recommend') {
      result = event.output as Result;
    }
    events.onEvent(event);
  };
  const onBlind = (cause: string): void => {
    emit({ kind: 'warning', ...toWarning({ code: 'no-history', cause }) });
  };
  let outcome: ExecutionOutcome | null;
  try {
    const { signal } = interruption;
    outcome = await followExecution({ calls, executionArn, reader, onEvent, onBlind, signal });
  } catch (error) {
    throw isAwsError(error)
      ? lostSight(toReadableError(error, 'the command'), executionArn)
      : error;
  }
  return outcome === null
    ? leaveOrStop(cloudRun, reader)
    : endCloudRun(cloudRun, outcome, reader, result);
}

function lostSight(error: PowerdialError, executionArn: string): PowerdialError {
  return new PowerdialError(
    error.name,
    `${error.message}\nThe run goes on in AWS. Follow it again: ${attachCommand(executionArn)}`,
    { cause: error, facts: error.facts },
  );
}
