import type { Deps } from '../contract/shared/deps.ts';
import { type Clock, realClock } from '../emulator/index.ts';

/** Makes a wait that ends at once when the run is interrupted. */
export function interruptibleSleep(signal: AbortSignal, clock: Clock = realClock): Deps['sleep'] {
  return async (ms) => {
    await clock.sleep(ms, signal);
    signal.throwIfAborted();
  };
}
