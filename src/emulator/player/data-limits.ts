import type { Json } from '../../contract/shared/json.ts';
import { MOST_STATE_BYTES } from '../../contract/shared/state-size.ts';
import { StatesError } from './states-error.ts';

/** All variables of an execution together: Step Functions Developer Guide, "Variables", limits. */
export const VARIABLES_LIMIT_BYTES = 10 * 1024 * 1024;

/** Returns the size that Step Functions counts: the JSON text in UTF-8. */
export function sizeBytes(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** @throws {StatesError} States.DataLimitExceeded when `bytes` is above the limit; `what` begins its cause. */
export function holdLimit(what: string, bytes: number, limitBytes = MOST_STATE_BYTES): void {
  if (bytes <= limitBytes) return;
  throw StatesError.of(
    'States.DataLimitExceeded',
    `${what} has ${bytes} bytes, more than the ${limitBytes} that Step Functions allows.`,
  );
}
