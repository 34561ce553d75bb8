/**
 * Plays the peer's state machine: the fields of the Amazon States Language (JSONPath) that its definition uses,
 * with their meaning there, and nothing else: a field that is not known ends the bench. The project's own player
 * speaks JSONata only, and an engine that takes no time of its own favours the peer, if anybody.
 */
import type { Json } from '../../src/contract/shared/json.ts';

type JsonObject = Readonly<Record<string, Json>>;

export type Handler = (input: Json) => Promise<Json>;

interface Catcher {
  readonly Next: string;
  readonly ResultPath: string;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Catch?: readonly Catcher[];
  readonly Retry?: readonly { readonly IntervalSeconds: number; readonly MaxAttempts: number }[];
  readonly Choices?: readonly { readonly Variable: string; readonly Next: string }[];
  readonly Default?: string;
  readonly ItemsPath?: string;
  readonly Iterator?: Definition;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface Played {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output: Json;
  readonly transitions: number;
}

interface Engine {
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly signal: AbortSignal;
  transitions: number;
}

const KNOWN = new Set([
  ...[
    'Type',
    'Next',
    'End',
    'Resource',
    'ResultPath',
    'OutputPath',
    'Catch',
    'Retry',
    'Choices',
    'Default',
  ],
  ...['ItemsPath', 'ItemSelector', 'MaxConcurrency', 'Iterator', 'TimeoutSeconds'],
]);
/** Step Functions' default, where a retrier names none. */
const BACKOFF = 2;

class Stopped extends Error {}

/** A stopped execution enters no further state; what is under way in a function ends there, as on AWS. */
export async function playDefinition(
  definition: Definition,
  input: Json,
  handlers: Readonly<Record<string, Handler>>,
  signal: AbortSignal,
): Promise<Played> {
  const engine: Engine = { handlers, signal, transitions: 0 };
  try {
    const output = await playStates(definition, input, engine);
    return { status: 'SUCCEEDED', output, transitions: engine.transitions };
  } catch (error) {
    const status = error instanceof Stopped ? 'ABORTED' : 'FAILED';
    return { status, output: (error as Error).message, transitions: engine.transitions };
  }
}

async function playStates(definition: Definition, input: Json, engine: Engine): Promise<Json> {
  let at = definition.StartAt;
  let data = input;
  for (;;) {
    const state = definition.States[at];
    if (state === undefined) throw new Error(`The peer's definition has no state ${at}`);
    const odd = Object.keys(state).find((key) => !KNOWN.has(key));
    if (odd !== undefined) throw new Error(`The bench does not know ${odd} of the state ${at}`);
    if (engine.signal.aborted) throw new Stopped('stopped');
    engine.transitions += 1;
    if (state.Type === 'Choice') {
      at = chosen(state, data);
      continue;
    }
    let next = state.Next;
    try {
      const result = await resultOf(state, data, engine);
      data = outputOf(state, data, result);
    } catch (error) {
      const catcher = error instanceof Stopped ? undefined : state.Catch?.[0];
      if (catcher === undefined) throw error;
      const { name, message } = error as Error;
      data = put(data, catcher.ResultPath, { Error: name, Cause: message });
      next = catcher.Next;
    }
    if (next === undefined) return data;
    at = next;
  }
}

function chosen(state: State, data: Json): string {
  const met = state.Choices?.find(({ Variable }) => read(data, Variable) === true);
  const next = met?.Next ?? state.Default;
  if (next === undefined) throw new Error('States.NoChoiceMatched');
  return next;
}

async function resultOf(state: State, data: Json, engine: Engine): Promise<Json> {
  if (state.Type === 'Task') return callTask(state, data, engine);
  if (state.Type !== 'Map' || state.Iterator === undefined) {
    throw new Error(`The bench does not know states of the type ${state.Type}`);
  }
  const each = state.Iterator;
  const items = read(data, state.ItemsPath ?? '$') as readonly Json[];
  const branches = await Promise.allSettled(
    items.map((value) => playStates(each, { input: data, value }, engine)),
  );
  return branches.map((branch) => {
    if (branch.status === 'rejected') throw branch.reason;
    return branch.value;
  });
}

async function callTask(state: State, data: Json, engine: Engine): Promise<Json> {
  const handler = engine.handlers[state.Resource ?? ''];
  if (handler === undefined) throw new Error(`No handler for ${state.Resource ?? 'a Task'}`);
  const retrier = state.Retry?.[0];
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = (await handler(structuredClone(data))) as Json | undefined;
      return JSON.parse(JSON.stringify(answer ?? null)) as Json;
    } catch (error) {
      if (engine.signal.aborted) throw new Stopped('stopped');
      if (retrier === undefined || attempt >= retrier.MaxAttempts) throw error;
      const seconds = retrier.IntervalSeconds * BACKOFF ** attempt;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      engine.transitions += 1;
    }
  }
}

function outputOf(state: State, data: Json, result: Json): Json {
  const merged =
    state.ResultPath === undefined
      ? result
      : state.ResultPath === null
        ? data
        : put(data, state.ResultPath, result);
  if (state.OutputPath === null) return {};
  return state.OutputPath === undefined ? merged : read(merged, state.OutputPath);
}

/** What is at `$`, `$.a` or `$.a.b`. */
function read(data: Json, path: string): Json {
  return keysOf(path).reduce<Json>((at, key) => (at as JsonObject)[key] ?? null, data);
}

function put(data: Json, path: string, value: Json): Json {
  const [key] = keysOf(path);
  return key === undefined ? value : { ...(data as JsonObject), [key]: value };
}

function keysOf(path: string): readonly string[] {
  return path.split('.').slice(1);
}
