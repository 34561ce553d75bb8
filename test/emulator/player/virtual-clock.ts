import type { Clock } from '../../../src/emulator/player/play.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Turns of the event loop without a look at the clock after which everybody must be waiting. */
const IDLE_TURNS = 10;

/**
 * A clock that jumps: once nobody has looked at it for a while, everybody is taken to be waiting, and it
 * goes on to when the next sleeper wakes. Whoever takes part in a test must wait by this clock only.
 */
export class VirtualClock implements Clock {
  #nowMs = Date.UTC(2026, 0, 1);
  #idleTurns = 0;
  #watching = false;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    this.#idleTurns = 0;
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        dueMs: this.now() + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      signal?.addEventListener('abort', sleeper.wake);
      this.#sleepers.add(sleeper);
      if (!this.#watching) this.#watch();
    });
  }

  #watch(): void {
    const [next] = [...this.#sleepers].sort((a, b) => a.dueMs - b.dueMs);
    this.#watching = next !== undefined;
    if (next === undefined) return;
    this.#idleTurns += 1;
    if (this.#idleTurns > IDLE_TURNS) {
      this.#idleTurns = 0;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.wake();
    }
    setImmediate(() => this.#watch());
  }
}
