import { cell, cholesky, solveLower, type Matrix } from './cholesky.ts';
import type { Period } from './time-periods.ts';

/** How many values the robust spread counts for, beside what is left when groups and periods are explained. */
const SPREAD_WORTH = 4;

/** Residuals in a two-way layout, of groups and periods. */
export interface Layout {
  /** How many residuals of each group each period holds: by group, then by period. */
  readonly counts: Matrix;
  /** All periods but the first, from which the others are counted. */
  readonly columns: readonly number[];
  /** Of these, whether a pause comes before it. */
  readonly behindPause: readonly boolean[];
  /** Information on the periods, once groups are free; and their sums, less those of their groups. */
  readonly information: Matrix;
  readonly sums: Float64Array;
  readonly squares: number;
  readonly degrees: number;
}

/** @param reach residuals further out than this count as being there */
export function layOut(periods: readonly Period[], groups: number, reach: number): Layout {
  const counts = Array.from({ length: groups }, () => new Float64Array(periods.length));
  const totals = new Float64Array(groups);
  const ofGroups = new Float64Array(groups);
  const ofPeriods = new Float64Array(periods.length);
  let squares = 0;
  for (const [period, { residuals }] of periods.entries()) {
    for (const { value, group } of residuals) {
      const bounded = Math.max(-reach, Math.min(reach, value));
      const row = counts[group] as Float64Array;
      row[period] = (row[period] as number) + 1;
      totals[group] = (totals[group] as number) + 1;
      ofGroups[group] = (ofGroups[group] as number) + bounded;
      ofPeriods[period] = (ofPeriods[period] as number) + bounded;
      squares += bounded * bounded;
    }
  }
  const columns = periods.slice(1).map((_, index) => index + 1);
  const seen = [...totals.keys()].filter((group) => (totals[group] as number) > 0);
  for (const group of seen) squares -= (ofGroups[group] as number) ** 2 / (totals[group] as number);
  return {
    counts,
    columns,
    behindPause: periods.slice(1).map(({ isAfterPause }) => isAfterPause),
    squares,
    degrees: totals.reduce((sum, each) => sum + each, 0) - seen.length - columns.length,
    information: columns.map((row) =>
      Float64Array.from(columns, (column) => {
        const shared = seen.reduce(
          (sum, group) =>
            sum +
            (cell(counts, group, row) * cell(counts, group, column)) / (totals[group] as number),
          0,
        );
        return (row === column ? (periods[row]?.residuals.length ?? 0) : 0) - shared;
      }),
    ),
    sums: Float64Array.from(columns, (period) =>
      seen.reduce(
        (sum, group) =>
          sum -
          (cell(counts, group, period) * (ofGroups[group] as number)) / (totals[group] as number),
        ofPeriods[period] as number,
      ),
    ),
  };
}

/** What is left of the squares where each group and each period is as it was seen. */
export function varianceOfOne(
  { information, sums, squares, degrees }: Layout,
  spread: number,
): number {
  const lower = cholesky(
    information.map((row, i) => row.map((value, j) => value + (i === j ? 0.01 : 0))),
  );
  const explained =
    lower === null ? 0 : solveLower(lower, sums).reduce((sum, each) => sum + each * each, 0);
  const left = degrees > 0 ? Math.max(0, squares - explained) : 0;
  return (left + SPREAD_WORTH * spread ** 2) / (Math.max(0, degrees) + SPREAD_WORTH);
}

/** Which part of each group is of each period but the first, less the part of the run as a whole that is. */
export function sharesBesideRun({ counts, columns }: Layout): Matrix {
  const all = columns.map((period) =>
    counts.reduce((sum, row) => sum + (row[period] as number), 0),
  );
  const total = counts.flatMap((row) => [...row]).reduce((sum, each) => sum + each, 0);
  return counts.map((row) => {
    const own = row.reduce((sum, each) => sum + each, 0);
    return Float64Array.from(columns, (period, index) =>
      own === 0 ? 0 : (row[period] as number) / own - (all[index] as number) / total,
    );
  });
}
