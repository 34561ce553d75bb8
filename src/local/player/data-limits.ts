import type { Json } from '../../contract/json.ts';
import { StatesError } from './states-error.ts';

/** A state's input or output, a task's payload, a variable, an Assign field: Step Functions quotas. */
export const PAYLOAD_LIMIT_BYTES = 256 * 1024;

/** All variables of an execution together: Step Functions Developer Guide, "Variables", limits. */
export const VARIABLES_LIMIT_BYTES = 10 * 1024 * 1024;

/** The size that Step Functions counts: the JSON text in UTF-8. */
export function sizeBytes(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** @throws {StatesError} States.DataLimitExceeded when `bytes` is above the limit; `what` begins its cause. */
export function holdLimit(what: string, bytes: number, limitBytes = PAYLOAD_LIMIT_BYTES): void {
  if (bytes <= limitBytes) return;
  throw StatesError.of(
    'States.DataLimitExceeded',
    `${what} has ${bytes} bytes, more than the ${limitBytes} that Step Functions allows.`,
  );
}
