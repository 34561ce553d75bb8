import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { Run, Target } from '../../../contract/tune/state.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { unreadLog } from '../../target/log-unread.ts';

const MINUTE_MS = 60_000;
const WITHIN_MS = 5000;

/**
 * What a queued invocation did stands in its log only: a log group that cannot be searched (of another
 * class than Standard, or without the permission) is refused before anything is invoked. A group that is
 * not there yet is made by the first invocation.
 *
 * @throws {PowerdialError} TargetCannotBeTuned
 */
export async function refuseUnreadableLogs(
  deps: Pick<Deps, 'findLogEvents' | 'now'>,
  { functionName, logGroup }: Pick<Target, 'functionName' | 'logGroup'>,
  run: Run,
): Promise<void> {
  const toMs = deps.now();
  try {
    const query = { logGroup, text: run.id, fromMs: toMs - MINUTE_MS, toMs };
    await deps.findLogEvents({ ...query, streamPrefixes: null, withinMs: WITHIN_MS });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    if (error.kind !== 'denied' && error.kind !== 'refused') return;
    throw toRefusal(
      { code: 'log-unreadable', function: functionName, logGroup, ...unreadLog(error) },
      error,
    );
  }
}
