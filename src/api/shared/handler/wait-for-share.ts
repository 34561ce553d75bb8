import type { Invoke } from '../../../contract/shared/invoke-calls.ts';

/** A trial is waited for no longer than this, and nothing else is under way beside it. */
const LONGEST_TRIAL_MS = 30_000;

/** How long an invocation may wait for its share of this machine's processors: within one call of Measure. */
const LONGEST_QUEUE_MS = 600_000;

/**
 * Returns the same call for handlers of this machine: an invocation may wait until others have left it its
 * share, and the host ends what outlasts its timeout. Without this, handlers that take half a minute would be
 * lost behind one another.
 */
export function waitForShare(invoke: Invoke): Invoke {
  return (request) =>
    invoke(
      request.waitMs <= LONGEST_TRIAL_MS
        ? request
        : { ...request, waitMs: request.waitMs + LONGEST_QUEUE_MS },
    );
}
