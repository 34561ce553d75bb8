import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { ApplyDeps } from './step.ts';

/** With waits of 5 s that double up to 50 s, this is a quarter of an hour; an allocation takes minutes. */
const MOST_WAITS = 20;

/**
 * Tells whether the alias's provisioned concurrency is being allocated. Until that is over AWS shares the
 * alias's traffic between versions by itself (hashicorp/terraform-provider-aws#48116, 2026-05), so it must
 * not be pointed elsewhere. Where it may not be asked for, nothing is known, and pointing the alias will
 * tell.
 *
 * @throws {PowerdialError} TargetBusy where it takes too long
 */
export async function isAllocating(
  { functionName }: Target,
  aliasName: string,
  waited: number,
  deps: Pick<ApplyDeps, 'readAllocation'>,
): Promise<boolean> {
  let status: string | null;
  try {
    status = await deps.readAllocation({ functionName, qualifier: aliasName });
  } catch (error) {
    if (!isAwsError(error, 'denied')) throw error;
    return false;
  }
  if (status !== 'IN_PROGRESS') return false;
  if (waited < MOST_WAITS) return true;
  throw toRefusal({ code: 'alias-allocating', function: functionName, alias: aliasName });
}
