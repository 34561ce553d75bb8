import { Constraints } from './constraints.ts';
import { invalidParameter } from './lambda-exception.ts';

/** A list in an answer never has more, whatever MaxItems says. */
const PAGE_SIZE = 50;

/** Returns the part of a list that a request's Marker and MaxItems ask for. */
export function page<T>(
  items: readonly T[],
  query: URLSearchParams,
): { readonly items: readonly T[]; readonly next: { readonly NextMarker?: string } } {
  const text = query.get('MaxItems');
  const maxItems = text === null ? PAGE_SIZE : Number(text);
  new Constraints().range('maxItems', maxItems, 1, 10_000).check();
  const start = readMarker(query.get('Marker'));
  const end = start + Math.min(maxItems, PAGE_SIZE);
  return {
    items: items.slice(start, end),
    next: end < items.length ? { NextMarker: writeMarker(end) } : {},
  };
}

// Callers must not read a marker, so it does not look like a number.
function writeMarker(index: number): string {
  return Buffer.from(`from:${index}`).toString('base64url');
}

function readMarker(marker: string | null): number {
  if (marker === null || marker === '') return 0;
  const index = /^from:(\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  if (index === undefined)
    throw invalidParameter(`Marker '${marker}' is not one that was given out`);
  return Number(index);
}
