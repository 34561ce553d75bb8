/** An execution of the workflow in Step Functions, as far as anybody here asks. */
export interface ExecutionDescription {
  readonly executionArn: string;
  /** Its name: the run's id. */
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** ISO 8601. */
  readonly startedAt: string;
  /** The input as JSON text; `null` where this caller may not read it. */
  readonly input: string | null;
  /** The name of the error it failed with; `null` where there is none. */
  readonly error: string | null;
  /** How often it was taken up again after it had ended. */
  readonly redriveCount: number;
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
