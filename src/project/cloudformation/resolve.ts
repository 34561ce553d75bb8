import {
  isList,
  isRecord,
  member,
  textOf,
  Unknown,
  type Raw,
  type Value,
} from '../values/value.ts';
import { evaluateCondition } from './conditions.ts';
import { MOST_DEPTH, odd, refer, withoutReferences } from './refer.ts';
import type { Scope } from './scope.ts';
import { substitute } from './substitute.ts';

/** Works out what a part of a template comes to. What only a deployment knows stays `Unknown`, by name. */
export function resolve(raw: Raw | undefined, scope: Scope, depth = 0): Value {
  if (depth > MOST_DEPTH) return new Unknown('it refers to itself, or is nested too deeply');
  if (raw === undefined || raw === null || raw instanceof Unknown) return raw;
  if (typeof raw === 'string') return withoutReferences(raw);
  if (isList(raw)) {
    return raw.map((each) => resolve(each, scope, depth + 1)).filter((each) => each !== undefined);
  }
  if (!isRecord(raw)) return raw;
  const [name = '', ...others] = Object.keys(raw);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return carryOut(name, raw[name] ?? null, scope, depth + 1);
  }
  if (others.length === 0 && name === 'Condition' && typeof raw[name] === 'string') {
    return evaluateCondition(raw, scope, depth + 1, resolve);
  }
  return Object.fromEntries(
    Object.entries(raw)
      .map(([key, each]) => [key, resolve(each, scope, depth + 1)] as const)
      .filter(([, each]) => each !== undefined),
  );
}

/** Tells whether a condition of the template, by its name, holds. */
export function conditionHolds(name: string, scope: Scope): boolean | Unknown {
  return evaluateCondition({ Condition: name }, scope, 0, resolve);
}

function carryOut(name: string, argument: Raw, scope: Scope, depth: number): Value {
  const all = (raw: Raw): Value => resolve(raw, scope, depth);
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? refer(argument, scope) : odd(name);
    case 'Fn::GetAtt':
      return new Unknown(`${attributeName(argument)} is known only when it is deployed`);
    case 'Fn::Sub':
      return substitute(argument, scope, depth, resolve);
    case 'Fn::If':
      return choose(argument, scope, depth);
    case 'Fn::Equals':
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return evaluateCondition({ [name]: argument }, scope, depth, resolve);
    case 'Fn::Join':
      return join(all(argument));
    case 'Fn::Split':
      return split(all(argument));
    case 'Fn::Select':
      return select(all(argument));
    case 'Fn::FindInMap':
      return findInMap(argument, scope, depth);
    case 'Fn::ImportValue':
      return new Unknown('it is exported by another stack (Fn::ImportValue)');
    default:
      return new Unknown(`${name} is not worked out here`);
  }
}

function choose(argument: Raw, scope: Scope, depth: number): Value {
  if (!isList(argument) || argument.length !== 3) return odd('Fn::If');
  const [condition, yes = null, no = null] = argument;
  if (typeof condition !== 'string') return odd('Fn::If');
  const holds = evaluateCondition({ Condition: condition }, scope, depth, resolve);
  if (holds instanceof Unknown)
    return new Unknown(`its condition ${condition} is not known: ${holds.why}`);
  return resolve(holds ? yes : no, scope, depth);
}

function join(argument: Value): Value {
  if (argument instanceof Unknown) return argument;
  if (!isList(argument)) return odd('Fn::Join');
  const [delimiter, parts] = argument;
  if (parts instanceof Unknown) return parts;
  if (typeof delimiter !== 'string' || !isList(parts)) return odd('Fn::Join');
  const texts = parts.map(textOf);
  const unknown = texts.find((each) => each instanceof Unknown);
  if (unknown instanceof Unknown) return unknown;
  const known = texts.filter((each) => typeof each === 'string');
  return withoutReferences(known.join(delimiter));
}

function split(argument: Value): Value {
  if (argument instanceof Unknown || !isList(argument)) return notList(argument, 'Fn::Split');
  const [delimiter, text] = argument;
  if (text instanceof Unknown) return text;
  return typeof delimiter === 'string' && typeof text === 'string'
    ? text.split(delimiter)
    : odd('Fn::Split');
}

function select(argument: Value): Value {
  if (argument instanceof Unknown || !isList(argument)) return notList(argument, 'Fn::Select');
  const [index, list] = argument;
  if (list instanceof Unknown) return list;
  const at = Number(index);
  if (!isList(list) || !Number.isInteger(at) || at < 0 || at >= list.length) {
    return odd('Fn::Select');
  }
  return list[at];
}

function findInMap(argument: Raw, scope: Scope, depth: number): Value {
  if (!isList(argument)) return odd('Fn::FindInMap');
  const keys = argument.slice(0, 3).map((each) => textOf(resolve(each, scope, depth)));
  const unknown = keys.find((each) => each instanceof Unknown);
  if (unknown instanceof Unknown) return unknown;
  const path = keys.map(String);
  const found = member(scope.mappings, ...path);
  return found === undefined
    ? new Unknown(`the mapping ${path[0] ?? ''} has no such entry`)
    : resolve(found, scope, depth);
}

function notList(argument: Value, name: string): Unknown {
  return argument instanceof Unknown ? argument : odd(name);
}

function attributeName(argument: Raw): string {
  const parts = isList(argument) ? argument : [argument];
  return parts.every((part) => typeof part === 'string') ? parts.join('.') : 'an attribute';
}
