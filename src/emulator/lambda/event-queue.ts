import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedAccount } from './embedded-account.ts';
import { DEFAULT_EVENT_AGE_SECONDS, DEFAULT_RETRIES } from './event-invoke-config.ts';
import { resolveInvocation, runInvocation, type InvocationRequest } from './invocation.ts';
import { LambdaException } from './lambda-exception.ts';

/** Lambda never waits longer than this before it tries a throttled event again. */
const MAX_THROTTLED_MS = 300_000;

type Attempt = 'done' | 'failed' | 'not-run';

/**
 * Runs an event as Lambda's queue does ("How Lambda handles errors and retries with asynchronous
 * invocation", Developer Guide, 2026-11): errors of the function are tried twice again, a minute and
 * two minutes later, unless its configuration says otherwise; what was throttled or could not be run
 * goes back into the queue, for longer and longer, until the event is too old. Nobody hears of the end.
 */
export async function deliverEvent(
  request: InvocationRequest,
  account: EmbeddedAccount,
): Promise<void> {
  const { now, eventRetryMs, eventThrottledMs } = account.settings;
  const acceptedAtMs = now();
  let failures = 0;
  let notRun = 0;
  for (;;) {
    const over = account.closed.then(() => 'done' as const);
    const attempt = await Promise.race([tryOnce(request, account), over]);
    // Read anew each time: the configuration may have changed while the event waited.
    const config = request.fn.attachments.eventInvokeConfigs.get(request.qualifier ?? '$LATEST');
    if (attempt === 'done') return;
    if (attempt === 'failed') {
      failures += 1;
      if (failures > (config?.maximumRetryAttempts ?? DEFAULT_RETRIES)) return;
      await pause(eventRetryMs * failures, account.closing);
    } else {
      await pause(Math.min(MAX_THROTTLED_MS, eventThrottledMs * 2 ** notRun), account.closing);
      notRun += 1;
    }
    const maxAgeMs = (config?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS) * 1000;
    if (account.closing.aborted || now() - acceptedAtMs > maxAgeMs) return;
  }
}

async function tryOnce(request: InvocationRequest, account: EmbeddedAccount): Promise<Attempt> {
  try {
    const invocation = resolveInvocation(request, account);
    const reply = await runInvocation(request, invocation, account);
    return reply.functionError === null ? 'done' : 'failed';
  } catch (error) {
    if (!(error instanceof LambdaException)) throw error;
    // A version that is gone will not come back; anything else may.
    return error.status === 404 ? 'done' : 'not-run';
  }
}

/** Ends early, and without an error, when the endpoint closes. */
async function pause(ms: number, closing: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: closing, ref: false }).catch(() => undefined);
}
