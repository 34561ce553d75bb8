import { randomUUID } from 'node:crypto';
import type { Json } from '../../contract/shared/json.ts';
import { realClock, type Clock } from './clock.ts';
import type { ExecutionIdentity } from './context-object.ts';
import { holdLimit, sizeBytes } from './data-limits.ts';
import type { WorkflowDefinition } from './definition.ts';
import { EventLog } from './event-log.ts';
import { Execution } from './execution.ts';
import { ExecutionEnd, Interruption } from './interruption.ts';
import { JsonataSandbox } from './jsonata-sandbox.ts';
import { parseDefinition } from './parse-definition.ts';
import { runState } from './states/run-state.ts';
import { StatesError } from './states-error.ts';
import type { TaskFunction } from './task-function.ts';
import type { WorkflowEvent } from './workflow-event.ts';

export type { Clock } from './clock.ts';
export { DefinitionError, type DefinitionProblem } from './definition-error.ts';
export { historyEventType } from './history-event-type.ts';
export type { TaskContext, TaskFunction } from './task-function.ts';
export type { WorkflowEvent } from './workflow-event.ts';

export interface PlayOptions {
  /** Parsed JSON in the Amazon States Language, with JSONata. */
  readonly definition: unknown;
  readonly input: Json;
  /** By the Task's Resource, exactly as the definition writes it, such as `${InspectFunctionArn}`. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** What the context object says; made up where it is missing. */
  readonly execution?: { readonly name?: string; readonly id?: string; readonly roleArn?: string };
  readonly stateMachine?: { readonly name?: string; readonly id?: string };
  /** Ends the execution at once, like StopExecution: no Catch runs. */
  readonly signal?: AbortSignal;
  /** Called for each event as it happens. Must not throw. */
  readonly onEvent?: (event: WorkflowEvent) => void;
  /** @default the real time */
  readonly clock?: Clock;
  /** In [0, 1), for jitter and for expressions. @default Math.random */
  readonly random?: () => number;
  /**
   * How long to wait for a task that was told to stop, by its timeout or by the end of the execution.
   * @default 1000
   */
  readonly graceMs?: number;
}

/** How an execution ended. */
export type WorkflowOutcome = WorkflowEnding & OutcomeFacts;

export type WorkflowEnding =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  /** A Fail state may leave out both, a task's timeout has no cause. */
  | { readonly status: 'FAILED'; readonly error?: string; readonly cause?: string }
  | { readonly status: 'TIMED_OUT'; readonly error: 'States.Timeout'; readonly cause?: string }
  | { readonly status: 'ABORTED' };

export interface OutcomeFacts {
  /** States entered and retries, as AWS bills them. */
  readonly transitions: number;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number;
  /** States whose task ignored its signal and may still be at work, in the order they were left. */
  readonly leftRunning: readonly string[];
}

/**
 * Plays a workflow with the meaning that the Amazon States Language and Step Functions (Standard) give it.
 *
 * Abort and timeouts interrupt waits, retries and tasks at once. A task under way is told through its
 * signal and awaited for `graceMs`; one that does not end by then is left behind and named in the outcome.
 *
 * @throws {DefinitionError} with everything that is wrong with the definition, before anything runs.
 */
export async function playWorkflow(options: PlayOptions): Promise<WorkflowOutcome> {
  const { clock = realClock, random = Math.random } = options;
  const sandbox = new JsonataSandbox({ now: () => clock.now(), random });
  const tasks = new Map(Object.entries(options.tasks));
  const definition = parseDefinition(options.definition, new Set(tasks.keys()), sandbox);

  const startedAtMs = clock.now();
  const deadlineMs = startedAtMs + (definition.timeoutSeconds ?? Infinity) * 1000;
  const execution = new Execution({
    identity: identify(options, startedAtMs),
    tasks,
    sandbox,
    events: new EventLog(() => clock.now(), options.onEvent ?? (() => undefined)),
    end: new ExecutionEnd(clock, options.signal ?? new AbortController().signal, deadlineMs),
    clock,
    random,
    graceMs: options.graceMs ?? 1000,
  });
  const ending = await runToEnd(definition, execution);
  return {
    ...ending,
    transitions: execution.transitions,
    startedAtMs,
    stoppedAtMs: clock.now(),
    leftRunning: execution.leftRunning,
  };
}

async function runToEnd(
  definition: WorkflowDefinition,
  execution: Execution,
): Promise<WorkflowEnding> {
  const { events, identity } = execution.parts;
  const { input, roleArn } = identity.execution;
  events.record({ kind: 'execution-started', input, roleArn });
  try {
    holdLimit("The execution's input", sizeBytes(input));
    const output = await runStates(definition, execution);
    events.record({ kind: 'execution-succeeded', output });
    return { status: 'SUCCEEDED', output };
  } catch (error) {
    if (error instanceof StatesError) {
      const failure = error.toFailure();
      events.record({ kind: 'execution-failed', ...failure });
      return { status: 'FAILED', ...failure };
    }
    if (!(error instanceof Interruption)) throw error;
    if (error.reason === 'aborted') {
      events.record({ kind: 'execution-aborted' });
      return { status: 'ABORTED' };
    }
    events.record({ kind: 'execution-timed-out', error: 'States.Timeout' });
    return { status: 'TIMED_OUT', error: 'States.Timeout' };
  }
}

/** From StartAt along Next until a state ends the execution. */
async function runStates(definition: WorkflowDefinition, execution: Execution): Promise<Json> {
  let name = definition.startAt;
  let input = execution.parts.identity.execution.input;
  for (;;) {
    // Lets signals and timers in: states without a wait would never give way.
    await new Promise(setImmediate);
    execution.parts.end.check();
    const state = definition.states.get(name);
    if (state === undefined) throw new Error(`No state '${name}': not a parsed definition`);
    const visit = execution.enter(name, state, input);
    const { output, next } = await runState(state, visit, execution);
    if (next === null) return output;
    [name, input] = [next, output];
  }
}

/** Returns the context object's names, with those of an account that does not exist where none are given. */
function identify(options: PlayOptions, startedAtMs: number): ExecutionIdentity {
  const name = options.execution?.name ?? randomUUID();
  const machine = options.stateMachine?.name ?? 'local';
  const arn = (kind: string, rest: string) =>
    `arn:aws:states:us-east-1:000000000000:${kind}:${rest}`;
  return {
    execution: {
      id: options.execution?.id ?? arn('execution', `${machine}:${name}`),
      name,
      roleArn: options.execution?.roleArn ?? 'arn:aws:iam::000000000000:role/local',
      input: options.input,
      startedAtMs,
    },
    stateMachine: {
      id: options.stateMachine?.id ?? arn('stateMachine', machine),
      name: machine,
    },
  };
}
