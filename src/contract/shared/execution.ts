/** An execution of a workflow in Step Functions, as far as everybody here asks. */
interface Execution {
  readonly executionArn: string;
  /** Its name: the run's id. */
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** JSON text; `null` where this caller may not read it. */
  readonly input: string | null;
  /** The name of the error it failed with; `null` where there is none. */
  readonly error: string | null;
}

/** An execution as somebody who cleans up after it sees it. */
export interface ExecutionDescription extends Execution {
  /** ISO 8601. */
  readonly startedAt: string;
  /** How often it was taken up again after it had ended. */
  readonly redriveCount: number;
}

/** An execution as somebody who waits for its result sees it. */
export interface ExecutionOutcome extends Execution {
  readonly stateMachineArn: string;
  /** JSON text; `null` until it has succeeded. */
  readonly output: string | null;
  readonly cause: string | null;
}

/** One event of an execution's history, as far as somebody who follows the run needs it. */
export interface ExecutionEvent {
  /** From 1, without gaps. */
  readonly id: number;
  /** As GetExecutionHistory names it: `TaskStateEntered`, `LambdaFunctionSucceeded`. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** The state that was entered or left; `null` for events inside of one. */
  readonly stateName: string | null;
  /** What a task returned, as JSON text; `null` where there is none, or this caller may not read it. */
  readonly output: string | null;
  readonly error: string | null;
  /** The longest that a scheduled task may take; `null` where nothing says. */
  readonly timeoutSeconds: number | null;
}

/** Reads what Step Functions knows of an execution; a moment after a change it may still tell the old. */
export type DescribeExecution = (executionArn: string) => Promise<ExecutionDescription>;

/**
 * The states that an ended execution entered, in order; `null` where its history does not tell of its
 * end, or is so long that one look does not show all of it.
 */
export type ReadEnteredStates = (executionArn: string) => Promise<readonly string[] | null>;

/** How an execution ends after which no catcher of the workflow may have run. */
export const BAD_ENDS = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export type BadEnd = (typeof BAD_ENDS)[number];

/** An execution that did not end well, as a list tells it: without its input. */
export interface ListedExecution {
  readonly executionArn: string;
  readonly redriveCount: number;
  readonly stoppedAtMs: number;
}

/** The executions of a state machine that ended in one way and were started since, the latest start first. */
export type ListEndedExecutions = (
  stateMachineArn: string,
  end: BadEnd,
  startedSinceMs: number,
) => Promise<{
  readonly executions: readonly ListedExecution[];
  /** False where there are more than one look takes. */
  readonly complete: boolean;
}>;
