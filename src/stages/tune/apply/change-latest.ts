import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import { MAX_TRIES, MAY_PASS, PAUSE_MS } from '../../target/attempt.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { hasFailedUpdate, refuseFailedUpdate } from '../../target/failed-update.ts';
import { settleUpdate } from '../../target/settle-update.ts';
import type { ApplyDeps, ApplyState } from './step.ts';

export interface LatestChange {
  readonly set: {
    readonly memoryMb?: number;
    readonly timeoutSeconds?: number;
    readonly description?: string;
  };
  /**
   * Whether the change has been made: an answer may have been lost. `accepted` where AWS said so, then
   * what else is different is somebody's work since.
   */
  readonly isThere: (found: FunctionConfiguration, accepted: boolean) => boolean;
  /** Throws where $LATEST is not as it must be for the change. */
  readonly refuse: (found: FunctionConfiguration) => void;
  /** Whether an update that failed is sent again: for the one that only tidies up. @default false */
  readonly repeatFailed?: boolean;
}

const PATIENCE_MS = 40_000;

/**
 * Brings $LATEST from one state that is known to another, in one update. What is there decides, before and
 * after: revisions change by themselves, and an update whose answer was lost may have gone through.
 *
 * @returns $LATEST with the change, and no update in progress
 * @throws {PowerdialError} UpdateFailed where Lambda could not carry out the last update
 */
export async function changeLatest(
  { target }: ApplyState,
  deps: Pick<ApplyDeps, 'readConfiguration' | 'updateConfiguration' | 'now' | 'sleep'>,
  { set, isThere, refuse, repeatFailed = false }: LatestChange,
): Promise<FunctionConfiguration> {
  const { functionName } = target;
  let failure: Error | null = null;
  let accepted = false;
  for (let tries = 0; ; tries++) {
    const found = await settleUpdate(deps, functionName, PATIENCE_MS);
    if (found === null) throw toBusyRefusal(functionName);
    const failed = hasFailedUpdate(found);
    if (!repeatFailed || tries >= MAX_TRIES) {
      refuseFailedUpdate(found, { kind: 'apply' }, functionName);
    }
    // What an update of ours was to bring is not there when it failed, whatever is shown.
    if (isThere(found, accepted) && !(accepted && failed)) return found;
    refuse(found);
    if (tries >= MAX_TRIES) throw failure ?? toBusyRefusal(functionName);
    if (failed) await deps.sleep(PAUSE_MS);
    try {
      await deps.updateConfiguration({ functionName, revisionId: found.revisionId, ...set });
      accepted = true;
    } catch (error) {
      if (!isAwsError(error) || !MAY_PASS.has(error.kind)) throw error;
      failure = error;
      await deps.sleep(PAUSE_MS);
    }
  }
}

function toBusyRefusal(functionName: string): PowerdialError {
  return toRefusal({
    code: 'apply-update-pending',
    function: functionName,
    seconds: PATIENCE_MS / 1000,
  });
}
