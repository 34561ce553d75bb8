import { setTimeout as delay } from 'node:timers/promises';
import type { Deps } from '../contract/deps.ts';

/** A wait that an interrupted run does not sit out. */
export function interruptibleSleep(signal: AbortSignal): Deps['sleep'] {
  return async (ms) => {
    await delay(ms, undefined, { signal });
  };
}
