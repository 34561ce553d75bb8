import { PowerdialError } from '../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import * as words from '../../words/failed-update.ts';

/**
 * Whether the last update of $LATEST failed. Lambda accepts an update first and carries it out afterwards;
 * where that fails, "the function's previous code and configuration remain available" (Lambda guide,
 * "Lambda function states"): what $LATEST is set to may then be other than what it runs with.
 */
export function hasFailedUpdate({
  lastUpdateStatus,
}: Pick<FunctionConfiguration, 'lastUpdateStatus'>): boolean {
  return lastUpdateStatus === 'Failed';
}

/** Why the last update failed, by AWS's code and in AWS's words. */
export function updateFailureText(found: FunctionConfiguration): string {
  return words.updateFailureText(updateFailure(found));
}

/**
 * Ends what cannot go on without the last update.
 *
 * @param attempted what the update was to do, with the function's name: `Set 512 MB on orders`
 * @throws {PowerdialError} UpdateFailed where the last update failed
 */
export function refuseFailedUpdate(found: FunctionConfiguration, attempted: string): void {
  if (!hasFailedUpdate(found)) return;
  const reasonCode = found.lastUpdateStatusReasonCode;
  throw new PowerdialError(
    'UpdateFailed',
    `${attempted}: Lambda accepted the update, and then it failed (${updateFailureText(found)}). The function goes on with what it had before. Repair what the reason names, then start again.`,
    { facts: { function: found.functionName, reasonCode } },
  );
}

/** For a function that a run finds so: it is no obstacle, but the user should know. */
export function failedUpdateWarnings(found: FunctionConfiguration): readonly WarningFacts[] {
  return hasFailedUpdate(found)
    ? [{ code: 'last-update-failed', function: found.functionName, ...updateFailure(found) }]
    : [];
}

function updateFailure(found: FunctionConfiguration) {
  const { lastUpdateStatusReasonCode: reasonCode, lastUpdateStatusReason: reason } = found;
  return { reasonCode, reason };
}
