import type { EndingAt, EnvironmentEvents } from './environment-events.ts';
import type { RuntimeApi } from './runtime-api.ts';

/**
 * Waits for a process that dropped its request for an event to ask again.
 *
 * @returns `null` once it has; what happened where it did not
 */
export async function awaitIdle(
  api: RuntimeApi,
  events: EnvironmentEvents,
  deadlineMs: number,
): Promise<EndingAt | null> {
  while (!api.idle) {
    const event = await events.untilNext(deadlineMs);
    if (event?.kind === 'next') continue;
    return { ending: event ?? { kind: 'timed-out' }, atMs: performance.now() };
  }
  return null;
}
