import type { Json } from '../../contract/json.ts';
import { holdLimit, sizeBytes, VARIABLES_LIMIT_BYTES } from './data-limits.ts';

/** The variables of an execution. Never changed in place, so a state sees them as they were on its entry. */
export type Variables = ReadonlyMap<string, Json>;

/**
 * The variables after an assignment, all at once.
 *
 * @throws {StatesError} States.DataLimitExceeded: one Assign field and each variable in it may hold
 * 256 KiB, all variables together 10 MiB.
 */
export function assignVariables(variables: Variables, assigned: Variables): Variables {
  if (assigned.size === 0) return variables;
  let assignedBytes = 0;
  for (const value of assigned.values()) assignedBytes += sizeBytes(value);
  holdLimit('The Assign field', assignedBytes);

  const next = new Map([...variables, ...assigned]);
  let totalBytes = 0;
  for (const value of next.values()) totalBytes += sizeBytes(value);
  holdLimit('The variables together', totalBytes, VARIABLES_LIMIT_BYTES);
  return next;
}
