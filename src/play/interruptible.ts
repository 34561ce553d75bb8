import type { Deps } from '../contract/shared/deps.ts';
import { type Clock, realClock } from '../emulator/index.ts';

/** A wait that an interrupted run does not sit out. */
export function interruptibleSleep(signal: AbortSignal, clock: Clock = realClock): Deps['sleep'] {
  return async (ms) => {
    await clock.sleep(ms, signal);
    signal.throwIfAborted();
  };
}
