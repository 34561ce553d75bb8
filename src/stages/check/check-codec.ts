import { gunzipSync, gzipSync } from 'node:zlib';
import { CHECK_COLUMNS, type CheckObservation, type CheckTable } from '../../contract/check.ts';

/** The observations of both sides. */
export interface BothSides {
  readonly base: readonly CheckObservation[];
  readonly head: readonly CheckObservation[];
}

export const NOTHING_OBSERVED: BothSides = { base: [], head: [] };

/** The table of a result file: one row an invocation, the base's first. */
export function toCheckTable(sides: BothSides): CheckTable {
  const rows = (['base', 'head'] as const).flatMap((side) =>
    sides[side].map((observation) =>
      CHECK_COLUMNS.map((column) => (column === 'side' ? side : observation[column])),
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

/** As they travel through the workflow. */
export function packSides(sides: BothSides): string {
  return gzipSync(JSON.stringify(toCheckTable(sides).rows), { level: 9 }).toString('base64');
}

export function unpackSides(packed: string): BothSides {
  const rows = JSON.parse(
    gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'),
  ) as CheckTable['rows'];
  return fromCheckTable({ columns: CHECK_COLUMNS, rows });
}
