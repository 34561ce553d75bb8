import type { Json } from '../../contract/shared/json.ts';

/** The largest number of seconds that a definition may name. */
export const MOST_SECONDS = 99_999_999;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch of an RFC 3339 time with capital T and Z, `undefined` for anything else. */
export function parseTimestamp(value: Json | undefined): number | undefined {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

export function isSeconds(value: Json, min: number): value is number {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= MOST_SECONDS;
}
