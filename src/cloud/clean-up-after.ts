import { isAwsError } from '../contract/shared/aws-error.ts';
import { PowerdialError } from '../contract/shared/errors.ts';
import type {
  DescribeExecution,
  ExecutionDescription,
  ReadEnteredStates,
} from '../contract/shared/execution.ts';
import { CHANGING_STAGES, type StageInput, type StageOutput } from '../contract/tune/stages.ts';
import { stateAfterEnd } from '../contract/tune/state-after-end.ts';
import type { Run } from '../contract/tune/state.ts';
import { toNotPutBack } from '../words/refusals/not-put-back.ts';
import type { EndedExecution } from './read-ended-executions.ts';
import { readFunctionName } from '../contract/shared/read-function-name.ts';

/** What came of a clean-up that was started from outside of the execution. */
export type CleanedAfter =
  /**
   * $LATEST is put back, and AWS does not delete these versions yet: it refuses to while they are pending,
   * which takes minutes with SnapStart and is too long for a function to wait. The event comes again later.
   */
  | {
      readonly kind: 'versions-left';
      readonly function: string;
      readonly versions: readonly string[];
    }
  | {
      readonly kind: 'cleaned';
      readonly function: string;
      readonly cleanUp: StageOutput<'CleanUp'>;
    }
  /** The run cannot have left anything; `reason` says why. */
  | { readonly kind: 'nothing-to-do'; readonly reason: string };

export interface LookAtExecution {
  readonly describe: DescribeExecution;
  readonly enteredStates: ReadEnteredStates;
}

/**
 * Cleans up after an execution that ended without doing so itself: it was aborted, timed out, or failed where
 * no catcher runs. The name of the run and that of the function are all it needs.
 *
 * @throws {PowerdialError} NotPutBack with the reason why the function could not be put back: the caller
 * tries again
 */
export async function cleanUpAfter(
  ended: EndedExecution,
  { describe, enteredStates }: LookAtExecution,
  cleanUp: (state: StageInput<'CleanUp'>) => Promise<StageOutput<'CleanUp'>>,
): Promise<CleanedAfter> {
  const execution = await describe(ended.executionArn);
  if (execution.status === 'RUNNING' && execution.redriveCount > ended.redriveCount) {
    // The status can still be RUNNING: right after the end, Step Functions may say so.
    return nothing('the execution was redriven, so the run lives and cleans up itself');
  }
  const name = readFunctionName(inputOf(execution));
  if (name === null) {
    return nothing('its input names no function, so the run was refused before it began');
  }
  try {
    const cleaned = await cleanUp(stateAfterEnd(runOf(execution), name));
    if (cleaned.leaving === null) return { kind: 'cleaned', function: name, cleanUp: cleaned };
    return leftVersions(ended, name, cleaned.leaving.versions);
  } catch (error) {
    const reason = await harmless(error, ended.executionArn, enteredStates);
    if (reason === null) throw toNotPutBack(error, name, execution.name);
    return nothing(reason);
  }
}

/**
 * The first call leaves pending versions to the queue, which brings the event again every few minutes. A call
 * from the queue has to fail for that.
 *
 * @throws {PowerdialError} NotPutBack
 */
function leftVersions(
  { executionArn, comesAgain }: EndedExecution,
  name: string,
  versions: readonly string[],
): CleanedAfter {
  if (!comesAgain) return { kind: 'versions-left', function: name, versions };
  throw new PowerdialError(
    'NotPutBack',
    `Delete version ${versions.join(', ')} of ${name}, which ${executionArn} left: AWS refuses that while it is pending. It is tried again in some minutes; \`powerdial restore ${name}\` does it as well.`,
    { facts: { function: name, executionArn, versions: versions.join(',') } },
  );
}

function runOf({ name, executionArn, startedAt }: ExecutionDescription): Run {
  return { id: name, executionArn, startedAt };
}

/**
 * Reads the input that an execution was started with.
 *
 * @throws {PowerdialError} PermissionMissing where Step Functions withholds it
 */
export function inputOf({ executionArn, input }: ExecutionDescription): unknown {
  if (input === null) {
    throw new PowerdialError(
      'PermissionMissing',
      `Read the input of ${executionArn}: Step Functions withholds it. Allow CleanUp's role to decrypt with the state machine's key; docs/security.md says how.`,
      { facts: { executionArn } },
    );
  }
  return JSON.parse(input);
}

/** Tells why a failed clean-up leaves nothing behind; `null` where it may leave something. */
async function harmless(
  error: unknown,
  executionArn: string,
  enteredStates: ReadEnteredStates,
): Promise<string | null> {
  const cause = error instanceof PowerdialError ? error.cause : error;
  if (isAwsError(cause, 'not-found')) {
    return 'there is no such function';
  }
  // IAM gives the same answer for a function that this tuner may not touch and for one that does not exist.
  return isAwsError(cause, 'denied') && (await changedNothing(executionArn, enteredStates))
    ? 'this tuner may not touch the function, and the run ended before it could have changed anything'
    : null;
}

/**
 * Tells whether the history proves that the run changed nothing. The error of the run proves nothing, and an
 * aborted run has none.
 */
async function changedNothing(
  executionArn: string,
  enteredStates: ReadEnteredStates,
): Promise<boolean> {
  try {
    const entered = await enteredStates(executionArn);
    return entered !== null && !entered.some((name) => CHANGING_STAGES.has(name));
  } catch (error) {
    if (isAwsError(error)) return false;
    throw error;
  }
}

function nothing(reason: string): CleanedAfter {
  return { kind: 'nothing-to-do', reason };
}
