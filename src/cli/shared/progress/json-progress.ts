import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { eventLine } from './event-line.ts';
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
    this.#output.write(eventLine(event, this.#now()));
  }

  end(): void {
    // Nothing is left open.
  }
}
