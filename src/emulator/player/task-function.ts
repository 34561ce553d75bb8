import type { Json } from '../../contract/shared/json.ts';
import { StatesError, type ErrorOutput } from './states-error.ts';

/**
 * What a Task does: in the cloud a Lambda function. It gets a copy of the payload. An error that it throws
 * fails the state under the error's `name`; a `StatesError` fails it as it is, as a service's own refusal does.
 */
export type TaskFunction = (input: Json, context: TaskContext) => Promise<Json>;

export interface TaskContext {
  /** Aborted when the task's time is over or the execution is stopped: end soon, the player moves on. */
  readonly signal: AbortSignal;
  readonly stateName: string;
  readonly retryCount: number;
}

export type TaskResult =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly failure: ErrorOutput };

/** Calls the function as Lambda would: through JSON, and with its error in the form of Lambda's. */
export async function callTask(
  task: TaskFunction,
  input: Json,
  context: TaskContext,
): Promise<TaskResult> {
  let output: unknown;
  try {
    output = await task(structuredClone(input), context);
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
  try {
    // Lambda answers null for a handler that returns nothing.
    return { kind: 'succeeded', output: JSON.parse(JSON.stringify(output ?? null)) as Json };
  } catch (error) {
    const message = `Unable to stringify response body: ${String(error)}`;
    return { kind: 'failed', failure: lambdaPayload('Runtime.MarshalError', message) };
  }
}

function failureOf(error: unknown): ErrorOutput {
  if (!(error instanceof StatesError)) return lambdaError(error);
  return { Error: error.error ?? 'States.TaskFailed', Cause: error.reason ?? '' };
}

/**
 * Returns what a handler throws as Lambda's Node.js runtime reports it; without the trace, which is about this
 * machine.
 */
function lambdaError(error: unknown): ErrorOutput {
  return error instanceof Error
    ? lambdaPayload(error.name, error.message)
    : lambdaPayload(typeof error, String(error));
}

function lambdaPayload(errorType: string, errorMessage: string): ErrorOutput {
  return { Error: errorType, Cause: JSON.stringify({ errorType, errorMessage, trace: [] }) };
}
