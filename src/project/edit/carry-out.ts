import { parseTemplate } from '../document/parse-document.ts';
import { isList, isRecord, type Raw } from '../values/value.ts';
import type { Edit } from './proposal.ts';

/** Puts the new texts in their places; every other byte stays as it is. */
export function carryOut(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (rest, { start, end, text: piece }) => rest.slice(0, start) + piece + rest.slice(end),
      text,
    );
}

/** Returns the places whose values differ between two templates: `Resources.Orders.Properties.MemorySize`. */
export function differences(before: string, after: string): readonly string[] {
  const [one, other] = [before, after].map((text) => parseTemplate('', text));
  if (one?.kind !== 'parsed' || other?.kind !== 'parsed') return ['it does not parse'];
  return compare(one.template.raw, other.template.raw, '');
}

function compare(a: Raw | undefined, b: Raw | undefined, at: string): readonly string[] {
  if (isList(a) && isList(b)) {
    return a.length === b.length
      ? a.flatMap((each, index) => compare(each, b[index], `${at}.${index}`))
      : [at];
  }
  if (a !== undefined && b !== undefined && isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => compare(a[key], b[key], at === '' ? key : `${at}.${key}`));
  }
  return Object.is(a, b) ? [] : [at];
}
