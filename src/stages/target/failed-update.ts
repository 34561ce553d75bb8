import { PowerdialError } from '../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Warning } from '../../contract/tune/state.ts';

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
  const { lastUpdateStatusReasonCode: code, lastUpdateStatusReason: reason } = found;
  return [code, reason].filter((part) => part !== null).join(': ') || 'AWS gives no reason';
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
export function failedUpdateWarnings(found: FunctionConfiguration): readonly Warning[] {
  if (!hasFailedUpdate(found)) return [];
  return [
    {
      code: 'last-update-failed',
      message: `The last update of ${found.functionName} failed (${updateFailureText(found)}): what it is set to need not be what it runs with, until an update succeeds.`,
    },
  ];
}
