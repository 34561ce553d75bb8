import type { Deps } from '../../contract/shared/deps.ts';
import type { Invoke, InvokeReply } from '../../contract/shared/invoke-calls.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** Decides whether a throttled invocation is tried again: how long it has been throttled, and would now wait. */
export type GiveUp = (throttledMs: number, waitMs: number) => boolean | Promise<boolean>;

/** Gives up once an invocation has been throttled for so long. */
export function isThrottledFor(limitMs: number): GiveUp {
  return (throttledMs) => throttledMs >= limitMs;
}

/**
 * Invokes, and tries again only what was throttled and therefore never ran: with backoff, and jitter so
 * that invocations held back together do not come back together.
 *
 * @param onThrottled told each time, so that the caller can have fewer under way
 */
export async function invokeUnthrottled(
  deps: Pick<Deps, 'invoke' | 'now' | 'sleep'>,
  request: Parameters<Invoke>[0],
  giveUp: GiveUp,
  onThrottled: () => void = () => undefined,
): Promise<InvokeReply> {
  const startedAtMs = deps.now();
  for (let attempt = 0; ; attempt++) {
    const reply = await deps.invoke(request);
    if (reply.kind !== 'throttled') return reply;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
    const waitMs = Math.max(longest, reply.retryAfterMs ?? 0) * (0.5 + Math.random() / 2);
    if (await giveUp(deps.now() - startedAtMs, waitMs)) return reply;
    onThrottled();
    await deps.sleep(waitMs);
  }
}
