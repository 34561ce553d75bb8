import { realClock, type Clock } from '../../emulator/index.ts';

/**
 * The clock of a function whose durations are recorded: it stands still but for a millisecond with each
 * invocation, and for what somebody really waits. How busy the machine is leaves no trace in what is measured.
 */
export class CountingClock implements Clock {
  #nowMs = Date.now();

  now(): number {
    return this.#nowMs;
  }

  /** Another invocation is sent. */
  tick(): void {
    this.#nowMs += 1;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await realClock.sleep(ms, signal);
    if (!signal.aborted) this.#nowMs += ms;
  }
}
