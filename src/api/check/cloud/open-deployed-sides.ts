import { randomBytes } from 'node:crypto';
import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { OnCheckProgress } from '../../../contract/check/check-deps.ts';
import { CHECK_STAGES, type CheckInput } from '../../../contract/check/check-stages.ts';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import type { PlayedCheck } from '../../../play/play-check.ts';
import { readCheckOutput, type CheckOutput } from '../../../stages/check/check-codec.ts';
import { toReadableError } from '../../../words/refusals/aws-refusal.ts';
import { followExecution } from '../../shared/cloud/follow-execution.ts';
import { HistoryReader } from '../../shared/cloud/history-reader.ts';
import type { CheckSurroundings } from '../check-surroundings.ts';
import type { CheckedTarget } from '../checked-target.ts';
import { namedSides } from '../open-aws-sides.ts';
import type { OpenedSides } from '../opened-sides.ts';
import { progressOfStages } from './progress-of-stages.ts';
import type { CheckWorkflow } from './check-workflows.ts';

export interface DeployedCheck {
  readonly target: CheckedTarget;
  readonly workflow: CheckWorkflow;
  readonly mostEnvironments: number;
  readonly surroundings: Pick<CheckSurroundings, 'emit' | 'signal'>;
}

/**
 * Opens the sides of a check that a deployed workflow plays: whoever starts it needs no permission on the
 * function.
 */
export function openDeployedSides(check: DeployedCheck): OpenedSides {
  return {
    ...namedSides(check.target),
    emulation: null,
    machine: null,
    mostEnvironments: check.mostEnvironments,
    play: (input, onCheckProgress) => playDeployed(check, input, onCheckProgress),
    close: () => Promise.resolve(),
  };
}

async function playDeployed(
  check: DeployedCheck,
  input: CheckInput,
  onCheckProgress: OnCheckProgress,
): Promise<PlayedCheck> {
  const { target, workflow, surroundings } = check;
  const { emit, signal } = surroundings;
  const { calls } = workflow;
  if (signal.aborted) return { kind: 'interrupted', result: null };
  let executionArn: string | null = null;
  try {
    const name = `check-${randomBytes(4).toString('hex')}`;
    executionArn = await calls.startExecution({
      stateMachineArn: workflow.arn,
      name,
      input: JSON.stringify(withoutDefaults(input)),
    });
    // Told at once, so that the check can be found whatever becomes of who started it.
    emit({ kind: 'execution-started', function: target.name, executionArn });
    const outcome = await followExecution({
      calls,
      executionArn,
      reader: new HistoryReader(CHECK_STAGES),
      onEvent: progressOfStages(input, onCheckProgress),
      onBlind: (why) => {
        const message = `The check's progress cannot be shown: ${why}. It is waited for.`;
        emit({ kind: 'warning', code: 'progress-unknown', message });
      },
      signal,
    });
    return outcome === null ? await stop(check, executionArn) : toPlayedCheck(outcome);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { name, message } = toReadableError(error, 'the command');
    if (executionArn === null) return { kind: 'failed', error: name, cause: message };
    const left = await stopCheck(check, executionArn);
    return {
      kind: 'failed',
      error: name,
      cause: `${message}\nThe check was lost sight of. ${left}`,
    };
  }
}

/** Leaves out keys that say nothing: a workflow that was deployed before a key was there refuses it. */
function withoutDefaults(input: CheckInput): Partial<CheckInput> {
  const { varyPayload, allowRepeats, measuredBefore, machine, ...rest } = input;
  return {
    ...rest,
    ...(varyPayload ? { varyPayload, measuredBefore } : {}),
    ...(allowRepeats ? { allowRepeats } : {}),
    ...(machine === null ? {} : { machine }),
  };
}

function toPlayedCheck({
  status,
  output,
  error,
  cause,
  executionArn,
}: ExecutionOutcome): PlayedCheck {
  if (status !== 'SUCCEEDED') {
    return { kind: 'failed', error: error ?? status, cause: cause ?? 'It gives no cause.' };
  }
  if (output === null) {
    const cause = `Read the output of ${executionArn}: the check ended, but AWS withholds its output. Wanted permission to decrypt with the state machine's key; docs/security.md says how.`;
    return { kind: 'failed', error: 'PermissionMissing', cause };
  }
  return { kind: 'done', result: readCheckOutput(JSON.parse(output) as CheckOutput) };
}

/** A check changes nothing, so nobody is asked: what is stopped is only further invocations. */
async function stop(check: DeployedCheck, executionArn: string): Promise<PlayedCheck> {
  const message = await stopCheck(check, executionArn);
  check.surroundings.emit({ kind: 'warning', code: 'execution-stopped', message });
  return { kind: 'interrupted', result: null };
}

/** Stops an execution, and says in a sentence what became of it. */
async function stopCheck({ workflow }: DeployedCheck, executionArn: string): Promise<string> {
  try {
    await workflow.calls.stopExecution(executionArn, 'Stopped by powerdial check');
    return `Its execution was stopped: ${executionArn}`;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { action, code, message } = error;
    return `Its execution could not be stopped (${action} answered ${code}: ${message}). It goes on in AWS, invokes, and changes nothing: ${executionArn}`;
  }
}
