import type { Json } from '../../contract/json.ts';

/** Above this nothing could be kept anyway: all variables together may hold 10 MiB. */
const BUDGET = 10 * 1024 * 1024;

/**
 * A JSONata result as plain JSON: sequences lose their marks, nothing is shared with the evaluation.
 *
 * @returns `undefined` where the result is or holds what JSON cannot say: a function, a number that is
 * not finite. (AWS writes such numbers as the strings "Infinity" and "NaN"; a workflow that relies on it
 * is better stopped.) Also where the text would be longer than anything may be: values that share their
 * parts can be small in memory and endless in writing.
 */
export function toJson(result: unknown): Json | undefined {
  let budget = BUDGET;

  const convert = (value: unknown): Json | undefined => {
    budget -= typeof value === 'string' ? value.length : 1;
    if (budget < 0) return undefined;
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : undefined;
      case 'object':
        if (value === null) return null;
        return Array.isArray(value) ? convertArray(value) : convertObject(value);
      default:
        return undefined;
    }
  };

  const convertArray = (items: readonly unknown[]): Json | undefined => {
    const converted: Json[] = [];
    for (const item of items) {
      const json = convert(item);
      if (json === undefined) return undefined;
      converted.push(json);
    }
    return converted;
  };

  const convertObject = (object: object): Json | undefined => {
    // Functions, built in and written in the expression, are objects with these marks.
    if ('_jsonata_function' in object || '_jsonata_lambda' in object) return undefined;
    const entries: [string, Json][] = [];
    for (const [key, value] of Object.entries(object)) {
      budget -= key.length;
      const json = convert(value);
      if (json === undefined) return undefined;
      entries.push([key, json]);
    }
    return Object.fromEntries(entries);
  };

  try {
    return convert(result);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // nested too deeply
    throw error;
  }
}
