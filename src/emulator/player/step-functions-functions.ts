import { isList } from '../../contract/shared/json.ts';
import { createHash } from 'node:crypto';

/** The digest algorithms of `$hash`, by the names that Step Functions takes. */
const ALGORITHMS: ReadonlyMap<unknown, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** `$range(1, 360145, 1)` is the longest that Step Functions gives. */
const LONGEST_RANGE = 360_145;

/**
 * Returns the functions that Step Functions adds to JSONata, bound by name. `$eval`, which it takes away, is
 * bound to nothing: a call fails as there with T1006. Where an argument is of no use the result is nothing,
 * which fails the field, not the function; integers are cut towards zero. With a seed `$random` repeats
 * itself, but its numbers are not those of AWS.
 *
 * Source: Step Functions Developer Guide, "JSONata functions provided by Step Functions"; edge cases as
 * measured on AWS by floci-io/floci, docs/services/step-functions.md.
 */
export function stepFunctionsFunctions(random: () => number): Readonly<Record<string, unknown>> {
  return {
    eval: undefined,
    hash,
    parse,
    partition,
    random: (seed?: unknown) => (seed === undefined ? random() : seededRandom(seed)),
    range,
    uuid: () => uuid(random),
  };
}

function partition(array: unknown, size: unknown): unknown {
  // JSONata hands over an array of one element as that element.
  const items: readonly unknown[] = isList(array) ? array : [array];
  if (array === undefined || size === undefined || items.length === 0) return undefined;
  const chunk = integer('partition', 2, size);
  if (chunk === 0) return undefined;
  if (chunk < 0) refuse('The second argument of $partition must not be negative');
  const chunks: unknown[] = [];
  for (let start = 0; start < items.length; start += chunk) {
    chunks.push(items.slice(start, start + chunk));
  }
  return chunks;
}

function range(first: unknown, last: unknown, step: unknown): unknown {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  const start = integer('range', 1, first);
  const end = integer('range', 2, last);
  const delta = integer('range', 3, step);
  const count = delta === 0 ? 0 : Math.floor((end - start) / delta) + 1;
  if (count <= 0) return undefined;
  if (count > LONGEST_RANGE) refuse('Expression evaluation memory limit exceeded');
  const values = Array.from({ length: count }, (_, index) => start + index * delta);
  return count === 1 ? values[0] : values;
}

function hash(text: unknown, algorithm: unknown): unknown {
  if (text === undefined || algorithm === undefined) return undefined;
  if (typeof text !== 'string') refuse('The first argument of $hash must be a string');
  const name = ALGORITHMS.get(algorithm);
  if (name === undefined) {
    refuse(`The second argument of $hash must be one of ${[...ALGORITHMS.keys()].join(', ')}`);
  }
  return createHash(name).update(text).digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') refuse('The argument of $parse must be a string');
  try {
    return JSON.parse(text);
  } catch (error) {
    refuse(`The argument of $parse is no JSON: ${String(error)}`);
  }
}

function integer(name: string, position: number, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    refuse(`Argument ${position} of $${name} must be a number`);
  }
  return Math.trunc(value);
}

/** One step of mulberry32: the same seed gives the same number in [0, 1). */
function seededRandom(seed: unknown): number {
  let state = (integer('random', 1, seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

function uuid(random: () => number): string {
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([start, end]) => hex.slice(start, end))
    .join('-');
}

/** Fails the expression, with JSONata's code for an error that a function raises itself. */
function refuse(message: string): never {
  throw Object.assign(new Error(message), { code: 'D3137' });
}
