import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CHECK_COLUMNS,
  type CheckedFunction,
  type CheckObservation,
  type CheckTable,
  type CompressedCheckTable,
} from '../../contract/check/check.ts';

/** The observations of both sides. */
export interface BothSides {
  readonly base: readonly CheckObservation[];
  readonly head: readonly CheckObservation[];
}

export const NOTHING_OBSERVED: BothSides = { base: [], head: [] };

/** Returns the table of a result file: one row an invocation, the base's first. */
export function toCheckTable(sides: BothSides): CheckTable {
  const rows = (['base', 'head'] as const).flatMap((side) =>
    sides[side].map((observation) =>
      CHECK_COLUMNS.map((column) => (column === 'side' ? side : (observation[column] ?? null))),
    ),
  );
  return { columns: CHECK_COLUMNS, rows };
}

/** Reads a table back, by the names of its columns; what has no column is `null`. */
export function fromCheckTable({ columns, rows }: CheckTable): BothSides {
  const sides: { base: CheckObservation[]; head: CheckObservation[] } = { base: [], head: [] };
  for (const row of rows) {
    const { side, ...observation } = Object.fromEntries(
      CHECK_COLUMNS.map((column) => [column, row[columns.indexOf(column)] ?? null]),
    );
    sides[side === 'base' ? 'base' : 'head'].push(observation as unknown as CheckObservation);
  }
  return sides;
}

/** What an execution returns: its output holds 256 KiB, which many rows would pass. */
export type CheckOutput = Omit<CheckedFunction, 'observations'> & {
  readonly observations: CompressedCheckTable;
};

/** Returns the table of an execution's output: the same JSON, gzipped. */
export function toCompressedCheckTable(sides: BothSides): CompressedCheckTable {
  return { encoding: 'gzip+base64', data: compress(toCheckTable(sides)) };
}

/** Returns an execution's output as reports and files show it. */
export function readCheckOutput(output: CheckOutput): CheckedFunction {
  return { ...output, observations: decompress(output.observations.data) as CheckTable };
}

/** As they travel through the workflow. */
export function packSides(sides: BothSides): string {
  return compress(toCheckTable(sides).rows);
}

export function unpackSides(packed: string): BothSides {
  return fromCheckTable({
    columns: CHECK_COLUMNS,
    rows: decompress(packed) as CheckTable['rows'],
  });
}

function compress(value: unknown): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
}

function decompress(data: string): unknown {
  return JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'));
}
