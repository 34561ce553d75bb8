import { STATE_TYPES, type ChoiceState, type Exit, type State } from './definition.ts';
import type { ScopeAccess } from './expression-scope.ts';
import type { ObjectReader } from './object-reader.ts';
import { INPUT_ONLY, isExpression } from './parse-template.ts';
import { parseCatch, parseRetry } from './parse-retry-and-catch.ts';
import type { Template } from './template.ts';
import { MOST_SECONDS, parseTimestamp } from './time-values.ts';

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const EXIT = ['Assign', 'Output', 'Next', 'End'];
const AFTER_A_RESULT: ScopeAccess = { result: true, errorOutput: false };

/** Reads one state. `undefined` when its type is none that the player implements. */
export function parseState(reader: ObjectReader): State | undefined {
  reader.string('Comment');
  const type = reader.requiredString('Type');
  switch (type) {
    case 'Task':
      return parseTask(reader);
    case 'Choice':
      return parseChoice(reader);
    case 'Pass':
      reader.allow('a Pass state', [...COMMON, ...EXIT]);
      return { type, ...parseExit(reader, INPUT_ONLY) };
    case 'Wait':
      return parseWait(reader);
    case 'Succeed':
      reader.allow('a Succeed state', [...COMMON, 'Output']);
      return { type, output: reader.template('Output', INPUT_ONLY) };
    case 'Fail':
      reader.allow('a Fail state', [...COMMON, 'Error', 'Cause']);
      return { type, error: parseText(reader, 'Error'), cause: parseText(reader, 'Cause') };
    default:
      if (typeof reader.get('Type') === 'string') {
        reader.report(
          'Type',
          `This player implements no ${type} state, only ${STATE_TYPES.join(', ')}.`,
        );
      }
      return undefined;
  }
}

function parseTask(reader: ObjectReader): State {
  const own = ['Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch'];
  reader.allow('a Task state', [...COMMON, ...EXIT, ...own]);
  const resource = reader.requiredString('Resource');
  const { resources } = reader.context;
  if (typeof reader.get('Resource') === 'string' && !resources.has(resource)) {
    const known = [...resources].join(', ') || 'none';
    reader.report('Resource', `There is no function for '${resource}'. There are: ${known}.`);
  }
  return {
    type: 'Task',
    resource,
    arguments: reader.template('Arguments', INPUT_ONLY),
    timeoutSeconds: parseSeconds(reader, 'TimeoutSeconds', 1),
    retry: parseRetry(reader),
    catch: parseCatch(reader),
    ...parseExit(reader, AFTER_A_RESULT),
  };
}

function parseChoice(reader: ObjectReader): ChoiceState {
  reader.allow('a Choice state', [...COMMON, 'Choices', 'Default', 'Assign', 'Output']);
  const choices = reader.list('Choices', 1).map((rule) => {
    rule.allow('a choice rule', ['Comment', 'Condition', 'Assign', 'Output', 'Next']);
    rule.string('Comment');
    return {
      condition: parseCondition(rule),
      next: rule.target('Next'),
      assign: rule.assignments(INPUT_ONLY),
      output: rule.template('Output', INPUT_ONLY),
    };
  });
  const assign = reader.assignments(INPUT_ONLY);
  const output = reader.template('Output', INPUT_ONLY);
  const otherwise = reader.has('Default')
    ? { next: reader.target('Default'), assign, output }
    : undefined;
  return { type: 'Choice', choices, otherwise };
}

function parseCondition(rule: ObjectReader): Template {
  const condition = rule.template('Condition', INPUT_ONLY) ?? literal(false);
  if (!isExpression(condition) && typeof rule.get('Condition') !== 'boolean') {
    rule.report('Condition', 'Must be an expression, {% ... %}, that yields true or false.');
  }
  return condition;
}

function parseWait(reader: ObjectReader): State {
  reader.allow('a Wait state', [...COMMON, ...EXIT, 'Seconds', 'Timestamp']);
  if (reader.has('Seconds') === reader.has('Timestamp')) {
    reader.context.report(reader.place, 'A Wait state needs either Seconds or Timestamp.');
  }
  const seconds = parseSeconds(reader, 'Seconds', 0);
  const timestamp = parseText(reader, 'Timestamp');
  const text = reader.get('Timestamp');
  if (timestamp !== undefined && !isExpression(timestamp) && parseTimestamp(text) === undefined) {
    reader.report('Timestamp', 'Must be a time such as 2016-08-18T17:33:00Z, or an expression.');
  }
  return {
    type: 'Wait',
    until:
      timestamp === undefined
        ? { kind: 'seconds', value: seconds ?? literal(0) }
        : { kind: 'timestamp', value: timestamp },
    ...parseExit(reader, INPUT_ONLY),
  };
}

function parseExit(reader: ObjectReader, access: ScopeAccess): Exit {
  const end = reader.get('End');
  if (end !== undefined && typeof end !== 'boolean') reader.report('End', 'Must be true or false.');
  if (reader.has('Next') === (end === true)) {
    reader.context.report(reader.place, 'Needs either Next, or End with the value true.');
  }
  return {
    assign: reader.assignments(access),
    output: reader.template('Output', access),
    next: reader.has('Next') ? reader.target('Next') : null,
  };
}

function parseSeconds(reader: ObjectReader, name: string, min: number): Template | undefined {
  const template = reader.template(name, INPUT_ONLY);
  if (template !== undefined && !isExpression(template)) {
    reader.number(name, { min, max: MOST_SECONDS });
  }
  return template;
}

function parseText(reader: ObjectReader, name: string): Template | undefined {
  reader.string(name);
  return reader.template(name, INPUT_ONLY);
}

function literal(value: boolean | number): Template {
  return { node: { kind: 'literal', value }, expressions: [] };
}
