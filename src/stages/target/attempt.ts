import { isAwsError, type AwsError, type AwsErrorKind } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';

/**
 * Failures after which nobody knows whether the change was made or met another one: a look at what is there
 * tells.
 */
export const UNSETTLED: ReadonlySet<AwsErrorKind> = new Set([
  'precondition',
  'conflict',
  'unavailable',
]);

/** Failures after which another try may succeed, for a step that the workflow does not try again by itself. */
export const MAY_PASS: ReadonlySet<AwsErrorKind> = new Set([...UNSETTLED, 'throttled']);

/** How often one step is tried; the SDK has made its own attempts before each. */
export const MAX_TRIES = 4;
export const PAUSE_MS = 500;

/**
 * Makes a change whose answer may be lost: it is tried, what is there is looked at, and after a pause it is
 * tried again.
 *
 * @param change makes the change once
 * @param look what has come of it after a failure that may pass; `null`: it was not made. Throws where the
 *   change must not be tried again.
 * @throws the last failure, when it was tried too often or could not succeed
 */
export async function attempt<T>(
  deps: Pick<Deps, 'sleep'>,
  change: () => Promise<T>,
  look: (failure: AwsError) => Promise<T | null>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await change();
    } catch (error) {
      if (!isAwsError(error) || !MAY_PASS.has(error.kind)) throw error;
      const made = await look(error);
      if (made !== null) return made;
      if (tries >= MAX_TRIES) throw error;
      await deps.sleep(PAUSE_MS);
    }
  }
}
