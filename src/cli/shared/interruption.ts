import { EXIT } from './exit-code.ts';

/** What asks a process to stop. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ctrl-C, and what else asks a process to stop: the first one interrupts the run, which then puts the
 * function back; the second one gives up waiting for that and says so.
 */
export class Interruption {
  /** What the first one does besides aborting the signal. */
  onFirst: () => void;
  readonly #controller = new AbortController();
  readonly #onSecond: () => void;
  #by: NodeJS.Signals | null = null;

  constructor(handlers: { readonly onFirst: () => void; readonly onSecond: () => void }) {
    this.onFirst = handlers.onFirst;
    this.#onSecond = handlers.onSecond;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What asked first; `null` until something does. */
  get by(): NodeJS.Signals | null {
    return this.#by;
  }

  readonly #handle = (by: NodeJS.Signals): void => {
    if (!this.#controller.signal.aborted) {
      this.#by = by;
      this.onFirst();
      this.#controller.abort();
      return;
    }
    this.#onSecond();
    process.exit(EXIT.failed);
  };

  start(): void {
    for (const signal of SIGNALS) process.on(signal, this.#handle);
  }

  stop(): void {
    for (const signal of SIGNALS) process.off(signal, this.#handle);
  }
}
