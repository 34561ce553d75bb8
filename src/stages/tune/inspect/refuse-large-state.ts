import type { SettledInput } from '../../../contract/tune/state.ts';
import { MOST_STATE_BYTES } from '../../../contract/shared/state-size.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/** 8,000 observations stay under 150 KiB as they travel; see `observation-codec.ts`. */
const OBSERVATION_BYTES = (150 * 1024) / 8000;

/** A published version: `{"memoryMb":10240,"version":"12345","outcome":"pending","reason":null}`. */
const VERSION_BYTES = 72;

/** The rest that Measure reads: the run, the target, the round. */
const REST_BYTES = 12_000;

/**
 * Refuses a run whose largest state, which is what Measure reads at the end, may not fit.
 *
 * @param raw the input as it came: Measure reads it again
 * @throws {PowerdialError} InvalidInput
 */
export function refuseLargeState(
  raw: unknown,
  settled: SettledInput,
  most: { readonly mostVersions: number; readonly mostInvocations: number },
): void {
  const bytes =
    bytesOf(raw) +
    bytesOf(settled) +
    most.mostVersions * VERSION_BYTES +
    Math.ceil(most.mostInvocations * OBSERVATION_BYTES) +
    REST_BYTES;
  if (bytes <= MOST_STATE_BYTES) return;
  throw toRefusal({
    code: 'state-too-large',
    inputBytes: bytesOf(raw),
    versions: most.mostVersions,
    invocations: most.mostInvocations,
    stateBytes: bytes,
    mostBytes: MOST_STATE_BYTES,
  });
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
