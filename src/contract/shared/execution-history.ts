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

/** An execution as somebody who waits for its result sees it. */
export interface ExecutionOutcome {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Its name: the run's id. */
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** JSON text; `null` where this caller may not read it. */
  readonly input: string | null;
  /** JSON text; `null` until it has succeeded. */
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}
