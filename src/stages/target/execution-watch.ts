import type { Deps } from '../../contract/shared/deps.ts';
import type { Run } from '../../contract/tune/state.ts';
import { isEmbedded } from './lease.ts';

/** An execution is asked about at most so often: Step Functions answers 15 such calls a second, for everybody. */
const ASK_EVERY_MS = 30_000;

/** Where nobody answers, asking costs time for nothing: the pauses double up to this. */
const LONGEST_PAUSE_MS = 480_000;

/** States of an execution that still has work for a stage. */
const GOING_ON: ReadonlySet<string> = new Set(['RUNNING', 'PENDING_REDRIVE']);

/**
 * Asks now and then whether the execution that a stage works for still runs. Step Functions does not end a
 * running function when its execution is stopped or times out ("Stopping an execution", Step Functions
 * guide, 2026-11), so a stage that invokes has to find out.
 *
 * No answer is no reason to stop: a run that is well must not fail because its own status could not be
 * read. An embedded run has no execution; it learns of its interruption by its time, which is then over.
 */
export class ExecutionWatch {
  readonly #deps: Pick<Deps, 'readExecutionStatus' | 'now'>;
  readonly #run: Run;
  #pauseMs = ASK_EVERY_MS;
  #nextAtMs = -Infinity;
  #ended = false;
  #asking: Promise<void> | null = null;

  constructor(deps: Pick<Deps, 'readExecutionStatus' | 'now'>, run: Run) {
    this.#deps = deps;
    this.#run = run;
  }

  /** Whether the run goes on, as far as anybody knows: nothing more may be invoked where it does not. */
  async goesOn(): Promise<boolean> {
    if (isEmbedded(this.#run)) return true;
    if (!this.#ended && (this.#asking !== null || this.#deps.now() >= this.#nextAtMs)) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null;
      });
      await this.#asking;
    }
    return !this.#ended;
  }

  async #ask(): Promise<void> {
    const status = await this.#deps.readExecutionStatus(this.#run.executionArn);
    this.#ended = status !== null && !GOING_ON.has(status);
    this.#pauseMs = status === null ? Math.min(LONGEST_PAUSE_MS, 2 * this.#pauseMs) : ASK_EVERY_MS;
    this.#nextAtMs = this.#deps.now() + this.#pauseMs;
  }
}
