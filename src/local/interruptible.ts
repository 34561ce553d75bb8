import type { Deps } from '../contract/deps.ts';
import { realClock, type Clock } from './player/clock.ts';

/** A wait that an interrupted run does not sit out. */
export function interruptibleSleep(signal: AbortSignal, clock: Clock = realClock): Deps['sleep'] {
  return async (ms) => {
    await clock.sleep(ms, signal);
    signal.throwIfAborted();
  };
}
