import type { Deps } from '../../../contract/shared/deps.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { Publishing, Variant } from '../../../contract/tune/publishing.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { waitSeconds } from '../../target/wait-seconds.ts';

export type SetMemoryDeps = Pick<
  Deps,
  | 'readConfiguration'
  | 'updateConfiguration'
  | 'publishVersion'
  | 'listVersions'
  | 'readExecutionStatus'
  | 'now'
  | 'sleep'
>;

/** What a step of SetMemory reads; its `publishing` grows from step to step. */
export type SetMemoryState = StageInput<'SetMemory'>;

/** How long one call stays with an update before the workflow waits instead. */
export const PATIENCE_MS = 20_000;

/** How often one size may be tried again after a call that AWS did not answer or did not accept yet. */
const MAX_RETRIES = 20;

/** Hands over to the workflow's Wait: AWS is still at it. */
export function waitOn(publishing: Publishing): Publishing {
  return {
    ...publishing,
    waitSeconds: waitSeconds(publishing.waited),
    waited: publishing.waited + 1,
  };
}

/**
 * Hands over to the workflow's Wait for a moment, to try again.
 *
 * @throws {PowerdialError} AwsCallFailed when one size has been tried too often
 */
export function tryAgain(publishing: Publishing, cause: Error): Publishing {
  if (publishing.retries >= MAX_RETRIES) {
    throw toRefusal(
      {
        code: 'size-not-set',
        memoryMb: publishing.pending[0] ?? null,
        tries: MAX_RETRIES,
        answer: cause.message,
      },
      cause,
    );
  }
  return { ...publishing, retries: publishing.retries + 1, waitSeconds: 1 };
}

/** The size in hand is through: the next one. A refused size is not asked for again. */
export function finishSize(publishing: Publishing, variant: Variant): Publishing {
  const rest = publishing.pending.slice(1);
  return {
    ...publishing,
    pending:
      variant.outcome === 'refused' ? rest.filter((each) => each !== variant.memoryMb) : rest,
    variants: [...publishing.variants, variant],
    phase: 'set',
    waitSeconds: 0,
    waited: 0,
    retries: 0,
  };
}

/**
 * AWS publishes no further version for now. $LATEST does not stay changed for that long: it is put back, and
 * the size in hand is set once more after a wait.
 *
 * @throws {PowerdialError} AwsCallFailed when one size has been tried too often
 */
export function holdUp(publishing: Publishing, cause: Error): Publishing {
  return { ...tryAgain(publishing, cause), phase: 'set', waitSeconds: 0, heldUp: true };
}
