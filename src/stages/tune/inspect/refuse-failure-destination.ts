import type { Deps } from '../../../contract/shared/deps.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

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
    throw toRefusal({ code: 'failure-destination', function: functionName, destination });
  }
}
