import { gunzipSync, gzipSync } from 'node:zlib';
import {
  OBSERVATION_COLUMNS,
  OUTCOMES,
  type CompressedObservations,
  type Observation,
  type ObservationTable,
} from '../../contract/shared/observation.ts';
import type { PackedObservations } from '../../contract/tune/state.ts';

/** Up to here plain rows are kept, so that a small run can be read in the console. */
const MAX_PLAIN_ROWS = 100;

export const NO_OBSERVATIONS: PackedObservations = { encoding: 'columns', rows: [] };

/** Observations as they travel through the workflow: plain while few, compressed once they are many. */
export function packObservations(observations: readonly Observation[]): PackedObservations {
  if (observations.length <= MAX_PLAIN_ROWS) {
    return { encoding: 'columns', rows: observations.map(toRow) };
  }
  return { encoding: 'gzip+base64', data: compress(toColumns(observations)) };
}

export function unpackObservations(packed: PackedObservations): readonly Observation[] {
  return packed.encoding === 'columns'
    ? packed.rows.map(fromRow)
    : fromColumns(decompress(packed.data) as Columns);
}

/** Returns the table of a result file. */
export function toTable(observations: readonly Observation[]): ObservationTable {
  return { columns: OBSERVATION_COLUMNS, rows: observations.map(toRow) };
}

/** Returns the table of an execution's output: the same JSON, gzipped. */
export function toCompressedTable(observations: readonly Observation[]): CompressedObservations {
  return { encoding: 'gzip+base64', data: compress(toTable(observations)) };
}

/** Reads the observations of a result, whichever way they are written. */
export function fromResultObservations(
  observations: ObservationTable | CompressedObservations,
): readonly Observation[] {
  const table =
    'encoding' in observations ? (decompress(observations.data) as ObservationTable) : observations;
  return table.rows.map(fromRow);
}

function compress(value: unknown): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
}

function decompress(data: string): unknown {
  return JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'));
}

function toRow(observation: Observation): (number | boolean | string | null)[] {
  return OBSERVATION_COLUMNS.map((column) => observation[column] ?? null);
}

function fromRow(row: readonly unknown[]): Observation {
  const entries = OBSERVATION_COLUMNS.map((column, index) => [column, row[index]] as const);
  // Results of earlier versions have no column of environments, and in others most rows have no number there.
  const known = entries.filter(
    ([column, value]) => column !== 'environment' || (value ?? null) !== null,
  );
  return Object.fromEntries(known) as unknown as Observation;
}

/**
 * The observations column by column, without anything that follows from the rest: gzip compresses that best.
 */
interface Columns {
  readonly memoryMb: readonly number[];
  readonly durationMs: readonly (number | null)[];
  /** Billed time minus the whole milliseconds of duration and init: nearly always 0. */
  readonly billedExtraMs: readonly (number | null)[];
  readonly initMs: readonly (number | null)[];
  readonly maxMemoryUsedMb: readonly (number | null)[];
  readonly cold: readonly (number | null)[];
  readonly outcome: readonly number[];
  readonly payload: readonly number[];
  /** Differences to the row before. */
  readonly atMs: readonly number[];
  /** Left out where no log told any. */
  readonly environment?: readonly (number | null)[];
}

function toColumns(observations: readonly Observation[]): Columns {
  return {
    memoryMb: observations.map((each) => each.memoryMb),
    durationMs: observations.map((each) => each.durationMs),
    billedExtraMs: observations.map((each) =>
      each.billedMs === null ? null : each.billedMs - expectedBilledMs(each),
    ),
    initMs: observations.map((each) => each.initMs),
    maxMemoryUsedMb: observations.map((each) => each.maxMemoryUsedMb),
    cold: observations.map((each) => (each.cold === null ? null : Number(each.cold))),
    outcome: observations.map((each) => OUTCOMES.indexOf(each.outcome)),
    payload: observations.map((each) => each.payload),
    atMs: observations.map((each, index) => each.atMs - (observations[index - 1]?.atMs ?? 0)),
    ...(observations.some(({ environment }) => typeof environment === 'number')
      ? { environment: observations.map(({ environment }) => environment ?? null) }
      : {}),
  };
}

function fromColumns(columns: Columns): readonly Observation[] {
  let atMs = 0;
  return columns.memoryMb.map((memoryMb, index) => {
    const durationMs = columns.durationMs[index] ?? null;
    const initMs = columns.initMs[index] ?? null;
    const extraMs = columns.billedExtraMs[index] ?? null;
    const cold = columns.cold[index] ?? null;
    atMs += columns.atMs[index] ?? 0;
    return {
      memoryMb,
      durationMs,
      billedMs: extraMs === null ? null : extraMs + expectedBilledMs({ durationMs, initMs }),
      initMs,
      maxMemoryUsedMb: columns.maxMemoryUsedMb[index] ?? null,
      cold: cold === null ? null : cold === 1,
      outcome: OUTCOMES[columns.outcome[index] ?? 0] ?? 'lost',
      payload: columns.payload[index] ?? 0,
      atMs,
      ...environmentOf(columns.environment?.[index]),
    };
  });
}

function environmentOf(environment: number | null | undefined): Pick<Observation, 'environment'> {
  return environment === null || environment === undefined ? {} : { environment };
}

function expectedBilledMs(each: Pick<Observation, 'durationMs' | 'initMs'>): number {
  return Math.ceil((each.durationMs ?? 0) + (each.initMs ?? 0));
}
