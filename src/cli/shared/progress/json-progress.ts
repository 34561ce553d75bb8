import type { RunEvent } from '../../../contract/shared/run-event.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

/** One event a line, as JSON: for tools that follow a run. Lines of any other form are for people. */
export class JsonProgress implements Progress {
  readonly #output: Output;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  show(event: RunEvent): void {
    const at = new Date(this.#now()).toISOString();
    this.#output.write(`${JSON.stringify({ at, ...event })}\n`);
  }

  end(): void {
    // Nothing is left open.
  }
}
