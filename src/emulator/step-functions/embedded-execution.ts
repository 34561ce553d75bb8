import type { Json } from '../../contract/shared/json.ts';
import { playWorkflow, type WorkflowOutcome } from '../player/play.ts';
import type { TaskFunction } from '../player/task-function.ts';
import type { WorkflowEvent } from '../player/workflow-event.ts';
import { toHistoryEvent, type HistoryEventJson } from './history-event.ts';
import type {
  EndedStatus,
  ExecutionStatus,
  OpenedExecution,
  WorkflowOffer,
} from './workflow-offer.ts';

/** Why somebody stopped an execution, as far as they said. */
export interface StopReason {
  readonly error?: string;
  readonly cause?: string;
}

export interface ExecutionStart {
  readonly offer: WorkflowOffer;
  readonly arn: string;
  readonly machineArn: string;
  readonly roleArn: string;
  readonly name: string;
  /** Exactly as it was sent. */
  readonly inputText: string;
  readonly input: Json;
  readonly statusOf: OpenedExecution['statusOf'];
}

/** One execution: played at once, kept with its history after it has ended. */
export class EmbeddedExecution {
  readonly start: ExecutionStart;
  readonly startedAtMs = Date.now();
  /** Resolves when the workflow has ended. */
  readonly ended: Promise<void>;
  /** Resolves when what follows the end has been done too; rejects when that failed. */
  readonly finished: Promise<void>;
  readonly #stop = new AbortController();
  readonly #events: WorkflowEvent[] = [];
  #stopReason: StopReason = {};
  #outcome: WorkflowOutcome | null = null;

  constructor(start: ExecutionStart) {
    this.start = start;
    const { offer, arn, name, input, statusOf } = start;
    const work = offer.open({ arn, name, input, signal: this.#stop.signal, statusOf });
    const played = this.#play(work.tasks);
    this.ended = played.then(() => undefined);
    this.finished = played.then((status) => work.afterwards(status));
    // Whoever closes the endpoint is told of a failure; until then nobody listens for it.
    this.finished.catch(() => undefined);
  }

  get status(): ExecutionStatus {
    return this.#outcome?.status ?? 'RUNNING';
  }

  get stoppedAtMs(): number | null {
    return this.#outcome?.stoppedAtMs ?? null;
  }

  get output(): Json | undefined {
    return this.#outcome?.status === 'SUCCEEDED' ? this.#outcome.output : undefined;
  }

  /** Error and cause of an execution that did not succeed, as far as there are any. */
  get failure(): StopReason {
    const outcome = this.#outcome;
    switch (outcome?.status) {
      case 'ABORTED':
        return this.#stopReason;
      case 'FAILED':
      case 'TIMED_OUT': {
        const { error, cause } = outcome;
        return {
          ...(error === undefined ? {} : { error }),
          ...(cause === undefined ? {} : { cause }),
        };
      }
      case 'SUCCEEDED':
      case undefined:
        return {};
    }
  }

  /** Ends it like StopExecution; one that has ended stays as it is. */
  async stop(reason: StopReason): Promise<void> {
    if (!this.#stop.signal.aborted && this.#outcome === null) {
      this.#stopReason = reason;
      this.#stop.abort();
    }
    await this.ended;
  }

  /** In the order in which it happened. */
  history(withData: boolean): readonly HistoryEventJson[] {
    const view = { withData, region: this.start.arn.split(':')[3] ?? '' };
    return this.#events
      .map((event) => {
        const shown = toHistoryEvent(event, view);
        return event.kind === 'execution-aborted' && shown !== null
          ? { ...shown, executionAbortedEventDetails: { ...this.#stopReason } }
          : shown;
      })
      .filter((event) => event !== null);
  }

  async #play(tasks: Readonly<Record<string, TaskFunction>>): Promise<EndedStatus> {
    const { offer, arn, name, input, machineArn, roleArn } = this.start;
    this.#outcome = await playWorkflow({
      definition: offer.definition,
      input,
      tasks,
      execution: { name, id: arn, roleArn },
      stateMachine: { name: offer.name, id: machineArn },
      ...(offer.clock === undefined ? {} : { clock: offer.clock }),
      signal: this.#stop.signal,
      onEvent: (event) => this.#events.push(event),
      // As in the cloud, the workflow goes on at once; `afterwards` waits for what is still under way.
      graceMs: 0,
    });
    return this.#outcome.status;
  }
}
