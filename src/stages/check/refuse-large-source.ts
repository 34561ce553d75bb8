import type { CheckInput } from '../../contract/check/check-stages.ts';
import { MOST_STATE_BYTES } from '../../contract/shared/state-size.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';

/** What an observation takes, packed: 8 bytes in measured ones, with room to spare. */
const OBSERVATION_BYTES = 12;

/** Sides, progress and judgements beside the observations. */
const STATE_ROOM_BYTES = 16_384;

/** Tells how large the input of a check may be: every state reads it beside what was observed so far. */
export function mostSourceBytes(maxInvocations: number): number {
  return MOST_STATE_BYTES - STATE_ROOM_BYTES - OBSERVATION_BYTES * maxInvocations;
}

/** @throws {PowerdialError} InvalidInput where the input fits by itself, but would be too large later */
export function refuseLargeSource(source: unknown, { maxInvocations }: CheckInput): void {
  const bytes = Buffer.byteLength(JSON.stringify(source));
  const most = mostSourceBytes(maxInvocations);
  if (bytes <= most) return;
  throw toRefusal({
    code: 'check-input-too-large',
    mostBytes: most,
    invocations: maxInvocations,
    bytes,
  });
}
