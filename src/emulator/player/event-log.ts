import { StatesError } from './states-error.ts';
import type { WorkflowEvent, WorkflowEventBody } from './workflow-event.ts';

/**
 * The quota of a Standard workflow's history. The execution's failure is itself the last event, as
 * measured on AWS (floci-io/floci issue 2734). It also ends a loop that nothing else would.
 */
export const HISTORY_LIMIT = 25_000;

/** Numbers the events of an execution as its history does, and passes them on. Keeps none. */
export class EventLog {
  readonly #now: () => number;
  readonly #onEvent: (event: WorkflowEvent) => void;
  #lastId = 0;
  #statesEntered = false;

  constructor(now: () => number, onEvent: (event: WorkflowEvent) => void) {
    this.#now = now;
    this.#onEvent = onEvent;
  }

  /**
   * @returns the event's number, 0 for one that is not part of the history.
   * @throws {StatesError} States.Runtime when only the last event, the failure, has room.
   */
  record(body: WorkflowEventBody): number {
    const atMs = this.#now();
    if (body.kind === 'retry' || body.kind === 'caught') {
      this.#onEvent({ id: null, previousId: null, atMs, ...body });
      return 0;
    }
    if (this.#lastId === HISTORY_LIMIT - 1 && !endsExecution(body)) {
      throw StatesError.of(
        'States.Runtime',
        `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
      );
    }
    const previousId = this.#previousId(body);
    this.#lastId += 1;
    this.#onEvent({ id: this.#lastId, previousId, atMs, ...body });
    return this.#lastId;
  }

  #previousId(body: WorkflowEventBody): number {
    if (body.kind === 'execution-aborted' || body.kind === 'execution-timed-out') return 0;
    if (body.kind === 'state-entered' && !this.#statesEntered) {
      this.#statesEntered = true;
      return 0;
    }
    return this.#lastId;
  }
}

function endsExecution({ kind }: WorkflowEventBody): boolean {
  return (
    kind === 'execution-succeeded' ||
    kind === 'execution-failed' ||
    kind === 'execution-aborted' ||
    kind === 'execution-timed-out'
  );
}
