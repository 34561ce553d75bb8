import {
  ARCHITECTURES,
  type Architecture,
  type LogFormat,
} from '../contract/shared/function-configuration.ts';
import { isList, isRecord, textOf, Unknown, type Setting, type Value } from './values/value.ts';

/** Reads an architecture, or the list with one that CloudFormation has. */
export function architectureOf(value: Value): Setting<Architecture> {
  const [first] = isList(value) ? value : [value];
  const text = textOf(first);
  if (text === null || text instanceof Unknown) return text;
  return ARCHITECTURES.find((each) => each === text) ?? new Unknown(`${text} is no architecture`);
}

export function logFormatOf(value: Value): Setting<LogFormat> {
  const text = textOf(value);
  if (text === null || text instanceof Unknown) return text;
  return text === 'JSON' || text === 'Text' ? text : new Unknown('it is no log format');
}

/** Tells variables whose values are known from those whose values are not. */
export function variablesOf(value: Value): {
  readonly environment: Readonly<Record<string, string>>;
  readonly unset: readonly { readonly name: string; readonly why: string }[];
} {
  if (value instanceof Unknown)
    return { environment: {}, unset: [{ name: 'all variables', why: value.why }] };
  if (value === undefined || !isRecord(value)) return { environment: {}, unset: [] };
  const read = Object.entries(value as { readonly [key: string]: Value }).map(
    ([name, each]) => [name, textOf(each)] as const,
  );
  return {
    environment: Object.fromEntries(
      read.flatMap(([name, each]) => (typeof each === 'string' ? [[name, each]] : [])),
    ),
    unset: read.flatMap(([name, each]) =>
      each instanceof Unknown ? [{ name, why: each.why }] : [],
    ),
  };
}
