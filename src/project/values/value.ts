import { isList } from '../../contract/shared/json.ts';

export { isList };

/**
 * What stands in a template, with CloudFormation's short tags written out (`!Ref X` is `{Ref: 'X'}`), and with
 * `Unknown` where variables of serverless.yml could not be filled in.
 */
export type Raw =
  string | number | boolean | null | Unknown | readonly Raw[] | { readonly [key: string]: Raw };

/** A value that cannot be known without deploying; `why` names what it is, and never a value. */
export class Unknown {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** What a template comes to. `undefined` is a property that is not there, as `AWS::NoValue` makes it. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

/** One setting of a function: its value, why it is not known, or `null` where the template has none. */
export type Setting<T> = T | Unknown | null;

export function isRecord(raw: Value | Raw): raw is { readonly [key: string]: Raw } {
  return (
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) && !(raw instanceof Unknown)
  );
}

/** Returns a member of a map; `undefined` where it is none, or has none of that name. */
export function member(value: Raw | undefined, ...path: readonly string[]): Raw | undefined {
  let at: Raw | undefined = value;
  for (const key of path) {
    at = at !== undefined && isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** Returns the maps of a map by name, and leaves out whatever else is in it. */
export function recordsOf(
  value: Raw | undefined,
): readonly (readonly [string, { readonly [key: string]: Raw }])[] {
  if (value === undefined || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    isRecord(each) ? [[name, each] as const] : [],
  );
}

/** Returns a name or a word of a template as it stands; what is none is empty. */
export function wordOf(raw: Raw | undefined): string {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean'
    ? String(raw)
    : '';
}

/** Reads a text; numbers and booleans count as the text that CloudFormation makes of them. */
export function textOf(value: Value): Setting<string> {
  if (value === undefined || value === null) return null;
  if (value instanceof Unknown || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return new Unknown('it is no text in the template');
}

/** Reads a whole number, also one that is written as a text. */
export function numberOf(value: Value): Setting<number> {
  const text = textOf(value);
  if (text === null || text instanceof Unknown) return text;
  return /^\d+$/.test(text.trim()) ? Number(text) : new Unknown('it is no whole number');
}

/** Returns the known value, or `null`. */
export function valueIfKnown<T>(setting: Setting<T>): T | null {
  return setting instanceof Unknown ? null : setting;
}
