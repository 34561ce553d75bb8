import type { Deps } from '../../contract/shared/deps.ts';
import type { Invoke, InvokeReply } from '../../contract/shared/invoke-calls.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { invokeUnthrottled, isThrottledFor } from './invoke-unthrottled.ts';

const THROTTLED_FOR_MS = 15_000;

/**
 * The invocation before anything is measured, which waits a little where it is throttled.
 *
 * @throws {PowerdialError} TargetBusy where it stays throttled
 * @throws {AwsError} where AWS refuses it
 */
export async function invokeOnce(
  deps: Pick<Deps, 'invoke' | 'now' | 'sleep'>,
  request: Parameters<Invoke>[0],
): Promise<Extract<InvokeReply, { readonly kind: 'answered' | 'lost' }>> {
  const reply = await invokeUnthrottled(deps, request, isThrottledFor(THROTTLED_FOR_MS));
  if (reply.kind === 'refused') throw reply.error;
  if (reply.kind !== 'throttled') return reply;
  throw toRefusal({
    code: 'trial-throttled',
    function: request.functionName,
    seconds: THROTTLED_FOR_MS / 1000,
    answer: reply.reason,
  });
}
