import type { Clock } from './clock.ts';

/** The execution ends from outside: no Catch sees it. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly reason: 'aborted' | 'timed-out') {
    super(reason);
  }
}

/** When an execution must end: its caller aborts it, or its whole time is over. */
export class ExecutionEnd {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #deadlineMs: number;

  constructor(clock: Clock, signal: AbortSignal, deadlineMs: number) {
    this.#clock = clock;
    this.#signal = signal;
    this.#deadlineMs = deadlineMs;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  /** What is left of the execution's time; infinite without a TimeoutSeconds. */
  remainingMs(): number {
    return Math.max(0, this.#deadlineMs - this.#clock.now());
  }

  /** @throws {Interruption} when the end has come. */
  check(): void {
    if (this.#signal.aborted) throw new Interruption('aborted');
    if (this.remainingMs() === 0) throw new Interruption('timed-out');
  }

  /** Waits, but not beyond the end. @throws {Interruption} when the end comes first. */
  async sleep(ms: number): Promise<void> {
    const allowedMs = Math.min(ms, this.remainingMs());
    // A clock may reject when the signal is aborted; check() says so in the player's own way.
    if (allowedMs > 0) await this.#clock.sleep(allowedMs, this.#signal).catch(() => undefined);
    this.check();
  }
}
