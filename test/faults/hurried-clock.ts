import type { Clock } from '../../src/emulator/index.ts';

/** Limits of stages are this long and longer, waits are shorter. */
const LEAST_LIMIT_MS = 60_000;

/**
 * So long that nothing but a stage that hangs for good meets it. With 20 s, a machine that stood still or had
 * much other work ended stages which did nothing wrong: an Inspect that heals was cut off, and its point of
 * `npm run bench:faults` looked as if the function had not been put back.
 */
const USUAL_LIMIT_MS = 600_000;

/**
 * A clock that does not wait: a wait is over at once, and the time is later by as much. Only the limits of
 * stages take real time: something has to be able to happen before they are over.
 */
export class HurriedClock implements Clock {
  readonly #limitMs: number;
  #aheadMs: number;

  constructor(options: { readonly limitMs?: number; readonly aheadMs?: number } = {}) {
    this.#limitMs = options.limitMs ?? USUAL_LIMIT_MS;
    this.#aheadMs = options.aheadMs ?? 0;
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms >= LEAST_LIMIT_MS) await timer(this.#limitMs, signal);
    // The event loop turns, so that requests under way get on.
    else await new Promise(setImmediate);
    if (!signal.aborted) this.#aheadMs += ms;
  }
}

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timeout = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
