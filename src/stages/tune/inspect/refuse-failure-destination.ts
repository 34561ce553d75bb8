import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps } from '../../../contract/shared/deps.ts';

/**
 * Queued invocations that fail go where the function sends its failures: ours must not end up there.
 *
 * @throws {PowerdialError} TargetCannotBeTuned
 */
export async function refuseFailureDestination(
  deps: Pick<Deps, 'readFailureDestination'>,
  functionName: string,
): Promise<void> {
  const destination = await deps.readFailureDestination(functionName);
  if (destination !== null) {
    throw new PowerdialError(
      'TargetCannotBeTuned',
      `Tune ${functionName}: with this measureTimeoutSeconds its invocations have to go through Lambda's queue, and failed ones would be sent to ${destination}. Set measureTimeoutSeconds below 840, or tune a copy without that destination.`,
      { facts: { function: functionName, destination } },
    );
  }
}
