import type { StageContext } from '../stage.ts';

/** What a call keeps for handing back what it has. */
const RESERVE_MS = 5_000;

/** What throttling, a late log and finding log streams may take around an invocation. */
const AROUND_MS = 120_000;

/**
 * What is left of one call of Measure: Lambda would cut it off, and everything that it had measured would
 * be lost.
 */
export class SliceTime {
  /** How long the answer of one invocation is waited for. */
  readonly invocationMs: number;
  readonly #remainingMs: () => number;
  readonly #aroundMs: number;

  constructor({ remainingMs }: StageContext, invocationMs: number) {
    this.#remainingMs = remainingMs;
    this.invocationMs = invocationMs;
    // Invocations that nearly fill the call leave half of the rest, so that a whole block can begin.
    this.#aroundMs = Math.max(0, Math.min(AROUND_MS, (this.leftMs() - invocationMs) / 2));
  }

  /** Until everything must be handed back; below 0 it should have been. */
  leftMs(): number {
    return this.#remainingMs() - RESERVE_MS;
  }

  /** Whether an invocation that is sent after so long can still be waited for to its end. */
  fitsInvocation(afterMs = 0): boolean {
    return this.leftMs() - afterMs >= this.invocationMs;
  }

  /** Whether to begin another one, with all that may come around it. */
  fitsAnother(): boolean {
    return this.fitsInvocation(this.#aroundMs);
  }
}
