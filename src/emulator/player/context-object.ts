import type { Json } from '../../contract/shared/json.ts';

/** Who is running: the names and ARNs that a cloud execution would have. */
export interface ExecutionIdentity {
  readonly execution: {
    readonly id: string;
    readonly name: string;
    readonly roleArn: string;
    readonly input: Json;
    readonly startedAtMs: number;
  };
  readonly stateMachine: { readonly id: string; readonly name: string };
}

/** One visit to a state, from when it is entered until it is left. */
export interface Visit {
  readonly stateName: string;
  readonly input: Json;
  readonly enteredAtMs: number;
  /** The number of the event that entered it; part of the cause of the state's errors. */
  readonly enteredId: number;
  /** Retries so far. Only Task states have it in their context. */
  retryCount: number;
}

/** `$states.context`, in the shape that Step Functions documents. Never redriven. */
export function contextObject(
  { execution, stateMachine }: ExecutionIdentity,
  visit: Visit,
  isTask: boolean,
): Json {
  return {
    Execution: {
      Id: execution.id,
      Input: execution.input,
      Name: execution.name,
      RoleArn: execution.roleArn,
      StartTime: new Date(execution.startedAtMs).toISOString(),
      RedriveCount: 0,
    },
    State: {
      EnteredTime: new Date(visit.enteredAtMs).toISOString(),
      Name: visit.stateName,
      ...(isTask ? { RetryCount: visit.retryCount } : {}),
    },
    StateMachine: { Id: stateMachine.id, Name: stateMachine.name },
  };
}
