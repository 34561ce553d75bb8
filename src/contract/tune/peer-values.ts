import { isJson } from '../shared/json.ts';

/** Numbers may be texts, as CloudFormation and shell scripts write them. Anything else is left to be refused. */
export function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)
    ? Number(value)
    : value;
}

/** The peer cuts what stands behind the point. */
export function wholeNumberOf(value: unknown): unknown {
  const number = numberOf(value);
  return typeof number === 'number' ? Math.trunc(number) : number;
}

/**
 * Tells what a switch is set to. To the peer everything but nothing, `false` and 0 is on, `"false"` as well;
 * here texts mean what they say.
 *
 * @returns the value itself where it is neither on nor off
 */
export function switchOf(value: unknown): unknown {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === 'true' || word === '1') return true;
  return word === undefined || word === false || word === 0 || word === 'false' || word === '0'
    ? false
    : value;
}

/** Tells what a text is sent as: JSON as it is, to the digit, and any other as a JSON string. */
export function textOf(payload: unknown): string {
  if (typeof payload === 'string' && isJson(payload)) return payload;
  return JSON.stringify(payload);
}
