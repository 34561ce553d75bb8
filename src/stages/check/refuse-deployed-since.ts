import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckStageInput } from '../../contract/check/check-stages.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';

/**
 * Refuses a $LATEST whose code is another than when the check began: a version stays what it is, and of
 * $LATEST nobody could tell which invocation ran which code.
 *
 * @throws {PowerdialError} TargetChanged
 */
export async function refuseDeployedSince(
  deps: Pick<CheckDeps, 'readConfiguration'>,
  { base, head }: CheckStageInput<'Measure'>['sides'],
): Promise<void> {
  for (const side of [base, head]) {
    if (side === null || side.version !== null) continue;
    const { functionName } = side;
    const { codeSha256 } = await deps.readConfiguration({ functionName });
    if (codeSha256 === side.codeSha256) continue;
    throw toRefusal({ code: 'deployed-during-check', function: functionName });
  }
}
