import type { Json } from '../../contract/shared/json.ts';
import type { State, WorkflowDefinition } from './definition.ts';
import { DefinitionError, type DefinitionProblem } from './definition-error.ts';
import type { JsonataSandbox } from './jsonata-sandbox.ts';
import { isObject, ObjectReader, type JsonObject } from './object-reader.ts';
import type { ParseContext } from './parse-context.ts';
import { parseState } from './parse-state.ts';
import { Place } from './place.ts';
import { MOST_SECONDS } from './time-values.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

const FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const LONGEST_STATE_NAME = 80;

/**
 * Reads a definition in the Amazon States Language, with the query language JSONata. What this player
 * does not implement is refused, not ignored: what plays here should mean the same in the cloud.
 *
 * @param resources the Resource strings that there is a function for.
 * @throws {DefinitionError} with every problem.
 */
export function parseDefinition(
  definition: unknown,
  resources: ReadonlySet<string>,
  sandbox: JsonataSandbox,
): WorkflowDefinition {
  const problems: DefinitionProblem[] = [];
  const json = plainJson(definition);
  if (!isObject(json)) {
    throw new DefinitionError([{ path: '/', message: 'Must be a JSON object.' }]);
  }
  const states = json['States'];
  const reader = new ObjectReader(json, Place.root, {
    report: (at, message) => problems.push({ path: at.path === '' ? '/' : at.path, message }),
    sandbox,
    resources,
    stateNames: new Set(isObject(states) ? Object.keys(states) : []),
  });
  const parsed = withoutOverflow(() => parseTop(reader));
  if (problems.length > 0) throw new DefinitionError(problems);
  return parsed;
}

function parseTop(reader: ObjectReader): WorkflowDefinition {
  reader.allow('a state machine', FIELDS);
  reader.string('Comment');
  if ((reader.string('Version') ?? '1.0') !== '1.0') reader.report('Version', 'Must be 1.0.');
  const states = reader.get('States');
  if (!isObject(states) || Object.keys(states).length === 0) {
    reader.report('States', 'Must be an object with one or more states.');
  }
  return {
    startAt: reader.target('StartAt'),
    timeoutSeconds: reader.number('TimeoutSeconds', { min: 1, max: MOST_SECONDS }),
    states: isObject(states)
      ? parseStates(states, queryLanguage(reader, 'JSONPath'), reader.context)
      : new Map(),
  };
}

function parseStates(
  states: JsonObject,
  language: string,
  context: ParseContext,
): ReadonlyMap<string, State> {
  const parsed = new Map<string, State>();
  for (const [name, value] of Object.entries(states)) {
    const place = Place.state(name);
    if (name.length === 0 || name.length > LONGEST_STATE_NAME) {
      context.report(place, `A state's name must have 1 to ${LONGEST_STATE_NAME} characters.`);
    }
    if (!isObject(value)) {
      context.report(place, 'Must be an object.');
      continue;
    }
    const reader = new ObjectReader(value, place, context);
    // A JSONPath state has other fields: listing them all as unknown would hide the one problem.
    if (queryLanguage(reader, language) !== 'JSONata') {
      reader.report('QueryLanguage', 'Must be JSONata, here or for the whole state machine.');
      continue;
    }
    const state = parseState(reader);
    if (state !== undefined) parsed.set(name, state);
  }
  return parsed;
}

/** Returns the language in force: the object's own, else the inherited one. */
function queryLanguage(reader: ObjectReader, inherited: string): string {
  const language = reader.string('QueryLanguage') ?? inherited;
  if (language !== 'JSONata' && language !== 'JSONPath') {
    reader.report('QueryLanguage', `Must be JSONata, not ${language}.`);
    return 'JSONata';
  }
  return language;
}

/** Answers the one thing that JSON can do to a recursive reader. */
function withoutOverflow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DefinitionError([{ path: '/', message: 'Is nested too deeply.' }]);
  }
}

/** Returns a copy that nobody else holds, and that is JSON whatever was handed in. */
function plainJson(value: unknown): Json | undefined {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch (error) {
    const message = `Is no JSON: ${messageOf(error)}`;
    throw new DefinitionError([{ path: '/', message }]);
  }
}
