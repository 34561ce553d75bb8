import type { RequestMembers } from './request-members.ts';
import { invalidToken } from './sfn-exception.ts';

const DEFAULT_PAGE_SIZE = 100;
const MOST_PAGE_SIZE = 1000;

export interface Page<T> {
  readonly items: readonly T[];
  /** To be spread into the answer: empty on the last page. */
  readonly next: { readonly nextToken?: string };
}

/**
 * Returns the part of a list that a request's `maxResults` and `nextToken` ask for. A token names the last
 * item that was handed out, so items that come or go in the meantime shift nothing.
 *
 * @param keyOf tells items apart, in any order
 * @param most the longest token that the API model of the operation allows
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  members: RequestMembers,
  most = 1024,
): Page<T> {
  const token = members.string('nextToken', most, 1);
  const wanted = members.integer('maxResults', 0, MOST_PAGE_SIZE) ?? 0;
  // A maxResults of 0 means to use the default (API reference).
  const size = wanted === 0 ? DEFAULT_PAGE_SIZE : wanted;
  const start = token === null ? 0 : after(items, keyOf, token);
  const part = items.slice(start, start + size);
  const last = part.at(-1);
  const more = start + size < items.length && last !== undefined;
  return { items: part, next: more ? { nextToken: write(keyOf(last)) } : {} };
}

function after<T>(items: readonly T[], keyOf: (item: T) => string, token: string): number {
  const key = read(token);
  const index = items.findIndex((item) => keyOf(item) === key);
  if (index === -1) throw invalidToken();
  return index + 1;
}

// Callers must not read a token, so it does not look like a key.
function write(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function read(token: string): string {
  const key = /^after:(.*)$/s.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (key === undefined) throw invalidToken();
  return key;
}
