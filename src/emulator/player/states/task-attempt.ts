import type { Json } from '../../../contract/shared/json.ts';
import type { Visit } from '../context-object.ts';
import { MOST_STATE_BYTES } from '../../../contract/shared/state-size.ts';
import { holdLimit, sizeBytes } from '../data-limits.ts';
import type { TaskState } from '../definition.ts';
import type { Execution } from '../execution.ts';
import { Interruption } from '../interruption.ts';
import { runUnderLimit } from '../run-under-limit.ts';
import { StatesError } from '../states-error.ts';
import { callTask, type TaskResult } from '../task-function.ts';
import { isSeconds, MOST_SECONDS } from '../time-values.ts';

const TIMEOUT = {
  what: `an integer from 1 to ${MOST_SECONDS}`,
  accepts: (value: Json): value is number => isSeconds(value, 1),
};

/**
 * Carries out a Task's function once, with its history.
 *
 * @returns the function's result.
 * @throws {StatesError} with the function's error, States.Timeout, or what is wrong with its payload.
 * @throws {Interruption} when the execution ends from outside meanwhile.
 */
export async function attemptTask(
  state: TaskState,
  visit: Visit,
  execution: Execution,
): Promise<Json> {
  const { events, end } = execution.parts;
  const input = payload(state, visit, execution);
  const timeoutSeconds =
    state.timeoutSeconds === undefined
      ? null
      : execution.evaluateField(state.timeoutSeconds, visit, state, TIMEOUT);
  end.check();

  const attempt = {
    stateName: visit.stateName,
    resource: state.resource,
    retryCount: visit.retryCount,
  };
  events.record({ kind: 'task-scheduled', ...attempt, input, timeoutSeconds });
  events.record({ kind: 'task-started', ...attempt });
  const result = await callUnderTimeout(state, input, visit, execution, timeoutSeconds);
  if (result === 'timed-out') {
    events.record({ kind: 'task-timed-out', ...attempt, error: 'States.Timeout' });
    throw StatesError.of('States.Timeout');
  }
  if (result.kind === 'failed') {
    const { Error: error, Cause: cause } = result.failure;
    events.record({ kind: 'task-failed', ...attempt, error, cause });
    throw new StatesError(error, cause);
  }
  events.record({ kind: 'task-succeeded', ...attempt, output: result.output });
  return result.output;
}

function payload(state: TaskState, visit: Visit, execution: Execution): Json {
  if (state.arguments === undefined) return visit.input;
  const [input = null] = execution.evaluate([state.arguments], visit, state);
  execution.explain(visit, () => holdLimit('The Arguments field', sizeBytes(input)));
  return input;
}

/** The task's own time and the execution's run side by side; whichever ends first decides. */
async function callUnderTimeout(
  state: TaskState,
  input: Json,
  visit: Visit,
  execution: Execution,
  timeoutSeconds: number | null,
): Promise<TaskResult | 'timed-out'> {
  const { tasks, clock, end, graceMs } = execution.parts;
  const task = tasks.get(state.resource);
  if (task === undefined)
    throw new Error(`No function for ${state.resource}: not a parsed definition`);
  const { stateName, retryCount } = visit;
  const timeoutMs = timeoutSeconds === null ? Infinity : timeoutSeconds * 1000;
  const remainingMs = end.remainingMs();
  const run = await runUnderLimit(
    (signal) => callTask(task, input, { signal, stateName, retryCount }),
    { clock, signal: end.signal, limitMs: Math.min(timeoutMs, remainingMs), graceMs },
  );
  if (run.kind === 'ended') return withinLimit(run.value, state.resource);
  if (run.stillRunning) execution.leftRunning.push(stateName);
  if (run.by === 'signal') throw new Interruption('aborted');
  if (remainingMs <= timeoutMs) throw new Interruption('timed-out');
  return 'timed-out';
}

/** A result above the limit is the task's failure, in the words of AWS. */
function withinLimit(result: TaskResult, resource: string): TaskResult {
  if (result.kind === 'failed' || sizeBytes(result.output) <= MOST_STATE_BYTES) return result;
  const Cause = `The state/task '${resource}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return { kind: 'failed', failure: { Error: 'States.DataLimitExceeded', Cause } };
}
