import type { WorkflowEvent } from './workflow-event.ts';

/** A resource that Step Functions itself carries out; any other here is a Lambda function's ARN. */
const SERVICE_INTEGRATION = /^arn:[^:]*:states:::/;

/**
 * Returns the `type` of an event in GetExecutionHistory, such as `TaskStateEntered` or
 * `LambdaFunctionScheduled`; `undefined` for an event that is not part of the history.
 */
export function historyEventType(event: WorkflowEvent): string | undefined {
  switch (event.kind) {
    case 'execution-started':
      return 'ExecutionStarted';
    case 'state-entered':
      return `${event.stateType}StateEntered`;
    case 'state-exited':
      return `${event.stateType}StateExited`;
    case 'task-scheduled':
      return `${family(event.resource)}Scheduled`;
    case 'task-started':
      return `${family(event.resource)}Started`;
    case 'task-succeeded':
      return `${family(event.resource)}Succeeded`;
    case 'task-failed':
      return `${family(event.resource)}Failed`;
    case 'task-timed-out':
      return `${family(event.resource)}TimedOut`;
    case 'evaluation-failed':
      return 'EvaluationFailed';
    case 'execution-succeeded':
      return 'ExecutionSucceeded';
    case 'execution-failed':
      return 'ExecutionFailed';
    case 'execution-aborted':
      return 'ExecutionAborted';
    case 'execution-timed-out':
      return 'ExecutionTimedOut';
    case 'retry':
    case 'caught':
      return undefined;
  }
}

function family(resource: string): 'Task' | 'LambdaFunction' {
  return SERVICE_INTEGRATION.test(resource) ? 'Task' : 'LambdaFunction';
}
