import type { Json } from '../../../contract/shared/json.ts';
import type { Visit } from '../context-object.ts';
import type { Catcher, TaskState } from '../definition.ts';
import { matchesError } from '../error-matching.ts';
import type { Execution, Left } from '../execution.ts';
import { RetryCounts } from '../retry-policy.ts';
import { StatesError } from '../states-error.ts';
import { attemptTask } from './task-attempt.ts';

/**
 * Attempts the task until it succeeds, its retriers give up and a catcher takes over, or nothing does.
 * Whatever fails on the way counts, also the evaluation of Arguments, Output or Assign.
 */
export async function runTask(state: TaskState, visit: Visit, execution: Execution): Promise<Left> {
  const retries = new RetryCounts(state.retry);
  for (;;) {
    try {
      const result = await attemptTask(state, visit, execution);
      return execution.leave(visit, state, state, result, { result });
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const delayMs = retries.nextDelayMs(error.error, execution.parts.random);
      if (delayMs === null) return catchError(error, state, visit, execution);
      await waitForRetry(error, delayMs, visit, execution);
    }
  }
}

/** A retry is a state transition of its own, in the context object and on the bill. */
async function waitForRetry(
  error: StatesError,
  delayMs: number,
  visit: Visit,
  execution: Execution,
): Promise<void> {
  visit.retryCount += 1;
  const { stateName, retryCount } = visit;
  const { events, end } = execution.parts;
  events.record({ kind: 'retry', stateName, retryCount, delayMs, ...error.toFailure() });
  await end.sleep(delayMs);
  execution.transitions += 1;
}

/** Leaves through the first catcher that is meant for the error. What fails in a catcher is not caught. */
function catchError(
  error: StatesError,
  state: TaskState,
  visit: Visit,
  execution: Execution,
): Left {
  const catcher: Catcher | undefined = state.catch.find(({ errorEquals }) =>
    matchesError(errorEquals, error.error),
  );
  if (catcher === undefined) throw error;
  const errorOutput: Json = { ...error.toErrorOutput() };
  const { stateName } = visit;
  const { next } = catcher;
  execution.parts.events.record({ kind: 'caught', stateName, next, ...error.toFailure() });
  return execution.leave(visit, state, catcher, errorOutput, { errorOutput });
}
