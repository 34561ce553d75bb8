import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Attempt } from '../../words/refusals/run-refusals.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';

/**
 * Tells whether the last update of $LATEST failed. Lambda accepts an update first and carries it out
 * afterwards; where that fails, "the function's previous code and configuration remain available" (Lambda
 * guide, "Lambda function states"): what $LATEST is set to may then be other than what it runs with.
 */
export function hasFailedUpdate({
  lastUpdateStatus,
}: Pick<FunctionConfiguration, 'lastUpdateStatus'>): boolean {
  return lastUpdateStatus === 'Failed';
}

/** Tells why the last update failed, by AWS's code and in AWS's words. */
export function updateFailure(found: FunctionConfiguration) {
  const { lastUpdateStatusReasonCode: reasonCode, lastUpdateStatusReason: reason } = found;
  return { reasonCode, reason };
}

/**
 * Ends what cannot go on without the last update.
 *
 * @param attempt what the update was to do
 * @param named the function as the run names it
 * @throws {PowerdialError} UpdateFailed where the last update failed
 */
export function refuseFailedUpdate(
  found: FunctionConfiguration,
  attempt: Attempt,
  named: string,
): void {
  if (!hasFailedUpdate(found)) return;
  throw toRefusal({
    code: 'update-failed',
    function: found.functionName,
    named,
    attempt,
    ...updateFailure(found),
  });
}

/** Warns of a last update that had failed before the run began: it is no obstacle, but the user should know. */
export function failedUpdateWarnings(found: FunctionConfiguration): readonly WarningFacts[] {
  return hasFailedUpdate(found)
    ? [{ code: 'last-update-failed', function: found.functionName, ...updateFailure(found) }]
    : [];
}
