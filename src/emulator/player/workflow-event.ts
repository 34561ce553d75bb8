import type { Json } from '../../contract/shared/json.ts';
import type { StateType } from './definition.ts';

/**
 * What happens while a workflow is played, in the order and with the numbers of Step Functions'
 * GetExecutionHistory (`historyEventType` gives the type). `retry` and `caught` are this player's own, for
 * the progress display: they stand beside the history and have no number.
 */
export type WorkflowEvent = EventPosition & WorkflowEventBody;

export interface EventPosition {
  /** From 1, without gaps over the events that are part of the history; `null` for the others. */
  readonly id: number | null;
  /** 0 for the first event, the first state, and an end from outside; `null` where `id` is. */
  readonly previousId: number | null;
  readonly atMs: number;
}

export type WorkflowEventBody =
  | { readonly kind: 'execution-started'; readonly input: Json; readonly roleArn: string }
  | {
      readonly kind: 'state-entered';
      readonly stateName: string;
      readonly stateType: StateType;
      readonly input: Json;
    }
  | ({
      readonly kind: 'task-scheduled';
      readonly input: Json;
      /** `null` where the task may take as long as the execution. */
      readonly timeoutSeconds: number | null;
    } & TaskAttempt)
  | ({ readonly kind: 'task-started' } & TaskAttempt)
  | ({ readonly kind: 'task-succeeded'; readonly output: Json } & TaskAttempt)
  | ({ readonly kind: 'task-failed'; readonly error: string; readonly cause: string } & TaskAttempt)
  | ({ readonly kind: 'task-timed-out'; readonly error: 'States.Timeout' } & TaskAttempt)
  | {
      readonly kind: 'evaluation-failed';
      readonly stateName: string;
      readonly error: 'States.QueryEvaluationError';
      readonly cause: string;
      /** The field, such as `Output/rows[0]`. */
      readonly location: string;
    }
  | ({
      readonly kind: 'retry';
      readonly stateName: string;
      /** Which retry of this visit to the state will follow: from 1. */
      readonly retryCount: number;
      readonly delayMs: number;
    } & Failure)
  | ({ readonly kind: 'caught'; readonly stateName: string; readonly next: string } & Failure)
  | {
      readonly kind: 'state-exited';
      readonly stateName: string;
      readonly stateType: StateType;
      readonly output: Json;
      readonly assigned: Readonly<Record<string, Json>>;
    }
  | { readonly kind: 'execution-succeeded'; readonly output: Json }
  | ({ readonly kind: 'execution-failed' } & Failure)
  | { readonly kind: 'execution-aborted' }
  | { readonly kind: 'execution-timed-out'; readonly error: 'States.Timeout' };

interface TaskAttempt {
  readonly stateName: string;
  readonly resource: string;
  readonly retryCount: number;
}

/** A Fail state may leave out both; a timeout has no cause. */
interface Failure {
  readonly error?: string;
  readonly cause?: string;
}
