import type { Json } from '../../contract/shared/json.ts';
import type { Clock } from './clock.ts';
import { contextObject, type ExecutionIdentity, type Visit } from './context-object.ts';
import { holdLimit, sizeBytes } from './data-limits.ts';
import type { Exit, State } from './definition.ts';
import type { EventLog } from './event-log.ts';
import type { ExecutionEnd } from './interruption.ts';
import type { JsonataSandbox } from './jsonata-sandbox.ts';
import { StatesError } from './states-error.ts';
import { stepFunctionsFunctions } from './step-functions-functions.ts';
import type { TaskFunction } from './task-function.ts';
import { EvaluationError, evaluateTemplates, unexpectedResult, type Template } from './template.ts';
import { Variables } from './variables.ts';

/** What an execution is made of. */
export interface ExecutionParts {
  readonly identity: ExecutionIdentity;
  readonly tasks: ReadonlyMap<string, TaskFunction>;
  readonly sandbox: JsonataSandbox;
  readonly events: EventLog;
  readonly end: ExecutionEnd;
  readonly clock: Clock;
  readonly random: () => number;
  readonly graceMs: number;
}

/** What some fields see in `$states` beside the input and the context. */
export interface Seen {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** A state is over: what it hands on, and to which state; `null` ends the execution. */
export interface Left {
  readonly output: Json;
  readonly next: string | null;
}

/** One execution under way: its variables, its history, and what every kind of state does alike. */
export class Execution {
  readonly parts: ExecutionParts;
  /** As AWS bills them: states entered and retries. */
  transitions = 0;
  /** States whose task was stopped and did not end in its grace. */
  readonly leftRunning: string[] = [];
  readonly #functions: Readonly<Record<string, unknown>>;
  #variables = Variables.none;

  constructor(parts: ExecutionParts) {
    this.parts = parts;
    this.#functions = stepFunctionsFunctions(parts.random);
  }

  enter(stateName: string, state: State, input: Json): Visit {
    this.transitions += 1;
    const { events, clock } = this.parts;
    const entered = { kind: 'state-entered', stateName, stateType: state.type, input } as const;
    const enteredId = events.record(entered);
    return { stateName, input, enteredAtMs: clock.now(), enteredId, retryCount: 0 };
  }

  /**
   * Leaves a state as one of its exits says. Output and Assign are both evaluated on the variables as
   * they were on entry; then the variables are set, all at once.
   *
   * @param defaultOutput the output where the exit names none.
   */
  leave(visit: Visit, state: State, exit: Exit, defaultOutput: Json, seen: Seen = {}): Left {
    const templates = exit.assign.map(([, template]) => template);
    const hasOutput = exit.output === undefined ? [] : [exit.output];
    const values = this.evaluate([...templates, ...hasOutput], visit, state, seen);
    const assigned = new Map(exit.assign.map(([name], index) => [name, values[index] ?? null]));
    const output = exit.output === undefined ? defaultOutput : (values.at(-1) ?? null);
    this.explain(visit, () => {
      holdLimit('The output', sizeBytes(output));
      this.#variables = this.#variables.assign(assigned);
    });
    this.parts.events.record({
      kind: 'state-exited',
      stateName: visit.stateName,
      stateType: state.type,
      output,
      assigned: Object.fromEntries(assigned),
    });
    return { output, next: exit.next };
  }

  /** The values of templates in the middle of a state. @throws {StatesError} States.QueryEvaluationError. */
  evaluate(
    templates: readonly Template[],
    visit: Visit,
    state: State,
    seen: Seen = {},
  ): readonly Json[] {
    const { identity, sandbox } = this.parts;
    const context = contextObject(identity, visit, state.type === 'Task');
    const bindings = {
      ...this.#functions,
      ...this.#variables.toRecord(),
      states: { input: visit.input, context, ...seen },
    };
    return this.#evaluating(visit, () => evaluateTemplates(templates, sandbox, bindings));
  }

  /**
   * The value of a field that must be of a kind.
   *
   * @throws {StatesError} States.QueryEvaluationError, also when its expression yields another kind.
   */
  evaluateField<T extends Json>(
    template: Template,
    visit: Visit,
    state: State,
    wanted: { readonly what: string; readonly accepts: (value: Json) => value is T },
  ): T {
    const [value = null] = this.evaluate([template], visit, state);
    if (wanted.accepts(value)) return value;
    return this.#evaluating(visit, () => {
      throw unexpectedResult(template, wanted.what, value);
    });
  }

  /** Evaluates, and puts a failure into the history. */
  #evaluating<T>(visit: Visit, act: () => T): T {
    try {
      return this.explain(visit, act);
    } catch (error) {
      if (error instanceof EvaluationError) {
        this.parts.events.record({
          kind: 'evaluation-failed',
          stateName: visit.stateName,
          error: 'States.QueryEvaluationError',
          cause: error.message,
          location: error.location,
        });
      }
      throw error;
    }
  }

  /** Does something that may fail the state, and says in its cause which state it was. */
  explain<T>(visit: Visit, act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const { stateName, enteredId } = visit;
      const where = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredId}).`;
      throw error.explained(where);
    }
  }
}
