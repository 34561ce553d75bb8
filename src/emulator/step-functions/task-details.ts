import type { Json } from '../../contract/shared/json.ts';
import type { WorkflowEvent } from '../player/workflow-event.ts';
import type { HistoryEventJson, HistoryView } from './history-view.ts';

export type TaskEvent = Extract<
  WorkflowEvent,
  { kind: 'task-scheduled' | 'task-started' | 'task-succeeded' | 'task-failed' | 'task-timed-out' }
>;

const NOT_TRUNCATED = { truncated: false } as const;

/** `arn:aws:states:::aws-sdk:s3:putObject`: what Step Functions itself calls, and which call it is. */
const INTEGRATION = /^arn:[^:]*:states:::(.+):([^:]+)$/;

/**
 * Returns the details of a Task's events: of a Lambda function, which goes by its ARN, or of a call that Step
 * Functions makes itself, which goes by service and action.
 */
export function taskDetails(event: TaskEvent, view: HistoryView): HistoryEventJson {
  const [, resourceType = null, resource = ''] = INTEGRATION.exec(event.resource) ?? [];
  return resourceType === null
    ? functionDetails(event, view)
    : integrationDetails(event, { resourceType, resource }, view);
}

function functionDetails(event: TaskEvent, { withData }: HistoryView): HistoryEventJson {
  switch (event.kind) {
    case 'task-scheduled':
      return {
        lambdaFunctionScheduledEventDetails: {
          resource: event.resource,
          ...(withData ? { input: JSON.stringify(event.input), inputDetails: NOT_TRUNCATED } : {}),
          ...timeout(event),
        },
      };
    case 'task-started':
      return {};
    case 'task-succeeded':
      return {
        lambdaFunctionSucceededEventDetails: output(event.output, withData),
      };
    case 'task-failed':
      return { lambdaFunctionFailedEventDetails: { error: event.error, cause: event.cause } };
    case 'task-timed-out':
      return { lambdaFunctionTimedOutEventDetails: { error: event.error } };
  }
}

function integrationDetails(
  event: TaskEvent,
  named: { readonly resourceType: string; readonly resource: string },
  { withData, region }: HistoryView,
): HistoryEventJson {
  switch (event.kind) {
    case 'task-scheduled':
      return {
        taskScheduledEventDetails: {
          ...named,
          region,
          // The API model has it even where no data is asked for.
          parameters: withData ? JSON.stringify(event.input) : '',
          ...timeout(event),
        },
      };
    case 'task-started':
      return { taskStartedEventDetails: named };
    case 'task-succeeded':
      return { taskSucceededEventDetails: { ...named, ...output(event.output, withData) } };
    case 'task-failed':
      return {
        taskFailedEventDetails: { ...named, error: event.error, cause: event.cause },
      };
    case 'task-timed-out':
      return { taskTimedOutEventDetails: { ...named, error: event.error } };
  }
}

function output(value: Json, withData: boolean): HistoryEventJson {
  return withData ? { output: JSON.stringify(value), outputDetails: NOT_TRUNCATED } : {};
}

function timeout({ timeoutSeconds }: Extract<TaskEvent, { kind: 'task-scheduled' }>) {
  return timeoutSeconds === null ? {} : { timeoutInSeconds: timeoutSeconds };
}
