import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import type { Trigger } from '../../../contract/shared/trigger.ts';
import { MOST_STATE_BYTES } from '../../../contract/shared/state-size.ts';
import { MOST_FAILURE_BYTES } from '../../../core/measure/failures.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/** 8,000 observations stay under 150 KiB as they travel; see `observation-codec.ts`. */
const OBSERVATION_BYTES = (150 * 1024) / 8000;

/** A published version: `{"memoryMb":10240,"version":"12345","outcome":"pending","reason":null}`. */
const VERSION_BYTES = 72;

/** A size in the result, with the peer's row of it, and where payloads differ 100 rows of those in all. */
const SIZE_BYTES = 1100;
const PAYLOAD_ROWS_BYTES = 100 * 230;

/** The rest that Measure reads: the run, the target, the round, the failures. */
const REST_BYTES = 12_000 + MOST_FAILURE_BYTES;

/** What production did, at most: as Recommend reads it beside the observations, and as the result has it. */
const TRAFFIC_BYTES = 24_000;
const RESULT_HISTORY_BYTES = 16_000;

interface Most {
  readonly mostSizes: number;
  readonly mostVersions: number;
  readonly mostInvocations: number;
  /** Recommend reads them, and the result tells them. */
  readonly triggers: readonly Trigger[];
}

/**
 * Refuses a run whose largest state may not fit: what Measure reads at the end, or what CleanUp reads beside
 * the result.
 *
 * @param raw the input as it came: Measure reads it again
 * @throws {PowerdialError} InvalidInput
 */
export function refuseLargeState(raw: unknown, settled: SettledInput, most: Most): void {
  const bytes = stateBytes(raw, settled, most);
  if (bytes <= MOST_STATE_BYTES) return;
  throw toRefusal({
    code: 'state-too-large',
    inputBytes: bytesOf(raw),
    sizes: most.mostSizes,
    versions: most.mostVersions,
    invocations: most.mostInvocations,
    stateBytes: bytes,
    mostBytes: MOST_STATE_BYTES,
  });
}

/** History that nobody asked for is left out where a state could not hold it. */
export function withHistoryThatFits(raw: unknown, settled: SettledInput, most: Most): SettledInput {
  const { history } = settled;
  if (history === undefined || history === false || history.isAsked) return settled;
  return stateBytes(raw, settled, most) <= MOST_STATE_BYTES
    ? settled
    : { ...settled, history: false };
}

function stateBytes(raw: unknown, settled: SettledInput, most: Most): number {
  const alike =
    bytesOf(settled) +
    most.mostVersions * VERSION_BYTES +
    Math.ceil(most.mostInvocations * OBSERVATION_BYTES) +
    bytesOf(most.triggers) +
    REST_BYTES;
  const payloadRows = settled.payloads.length < 2 ? 0 : PAYLOAD_ROWS_BYTES;
  const reads = settled.history !== undefined && settled.history !== false;
  return (
    alike +
    Math.max(
      bytesOf(raw),
      most.mostSizes * SIZE_BYTES + payloadRows + (reads ? RESULT_HISTORY_BYTES : 0),
      reads ? TRAFFIC_BYTES : 0,
    )
  );
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
