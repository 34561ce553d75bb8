import type { Json } from '../../contract/shared/json.ts';
import type { Clock } from '../player/clock.ts';
import type { TaskFunction } from '../player/task-function.ts';

/** A state machine that the endpoint offers, and what its Tasks do. */
export interface WorkflowOffer {
  readonly name: string;
  /** Parsed JSON in the Amazon States Language. */
  readonly definition: unknown;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** What executions take for the time. @default the real time */
  readonly clock?: Clock;
  /** Called when an execution starts. */
  readonly open: (execution: OpenedExecution) => ExecutionWork;
}

export interface OpenedExecution {
  readonly arn: string;
  readonly name: string;
  readonly input: Json;
  /** Aborted by StopExecution and when the endpoint closes. */
  readonly signal: AbortSignal;
  /** How any execution of the endpoint stands; `null` for one that it does not have. */
  readonly statusOf: (executionArn: string) => ExecutionStatus | null;
}

export type ExecutionStatus = 'RUNNING' | EndedStatus;

export type EndedStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionWork {
  /** By the Resource of each Task. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** What follows the end of the execution: in the cloud a rule on its status. Also frees what `open` took. */
  readonly afterwards: (status: EndedStatus) => Promise<void>;
}
