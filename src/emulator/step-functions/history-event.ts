import type { Json } from '../../contract/shared/json.ts';
import { historyEventType } from '../player/history-event-type.ts';
import type { WorkflowEvent } from '../player/workflow-event.ts';
import type { HistoryEventJson, HistoryView } from './history-view.ts';
import { taskDetails } from './task-details.ts';

export type { HistoryEventJson, HistoryView } from './history-view.ts';

const NOT_TRUNCATED = { truncated: false } as const;

/**
 * Returns an event of the player in the shape of GetExecutionHistory; `null` for one that is not part of the
 * history. Shapes as recorded from AWS (LocalStack's snapshot tests, 2023–2024).
 */
export function toHistoryEvent(event: WorkflowEvent, view: HistoryView): HistoryEventJson | null {
  const type = historyEventType(event);
  if (type === undefined || event.id === null || event.previousId === null) return null;
  return {
    id: event.id,
    previousEventId: event.previousId,
    timestamp: event.atMs / 1000,
    type,
    ...detailsOf(event, view),
  };
}

function detailsOf(event: WorkflowEvent, view: HistoryView): HistoryEventJson {
  const { withData } = view;
  const data = (member: 'input' | 'output', value: Json): HistoryEventJson =>
    withData ? { [member]: JSON.stringify(value), [`${member}Details`]: NOT_TRUNCATED } : {};
  switch (event.kind) {
    case 'execution-started':
      return {
        executionStartedEventDetails: { ...data('input', event.input), roleArn: event.roleArn },
      };
    case 'state-entered':
      return {
        stateEnteredEventDetails: { name: event.stateName, ...data('input', event.input) },
      };
    case 'state-exited':
      return {
        stateExitedEventDetails: {
          name: event.stateName,
          ...data('output', event.output),
          ...(withData ? variables(event.assigned) : {}),
        },
      };
    case 'task-scheduled':
    case 'task-started':
    case 'task-succeeded':
    case 'task-failed':
    case 'task-timed-out':
      return taskDetails(event, view);
    case 'evaluation-failed':
      return {
        evaluationFailedEventDetails: {
          error: event.error,
          cause: event.cause,
          location: event.location,
          state: event.stateName,
        },
      };
    case 'execution-succeeded':
      return { executionSucceededEventDetails: data('output', event.output) };
    case 'execution-failed':
      return { executionFailedEventDetails: failure(event) };
    case 'execution-aborted':
      return { executionAbortedEventDetails: {} };
    case 'execution-timed-out':
      return { executionTimedOutEventDetails: { error: event.error } };
    case 'retry':
    case 'caught':
      return {};
  }
}

/** Each variable's value is JSON text; a state that assigns none has neither member. */
function variables(assigned: Readonly<Record<string, Json>>): HistoryEventJson {
  const entries = Object.entries(assigned);
  if (entries.length === 0) return {};
  return {
    assignedVariables: Object.fromEntries(
      entries.map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    assignedVariablesDetails: NOT_TRUNCATED,
  };
}

function failure(event: { readonly error?: string; readonly cause?: string }): HistoryEventJson {
  return {
    ...(event.error === undefined ? {} : { error: event.error }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
  };
}
