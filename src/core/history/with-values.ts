import type { HistoryRow } from '../../contract/history/history.ts';
import { bucketOf } from './history-query.ts';

/** A tail is fitted to the longest tenth of the warm invocations; so much of them is put in by value. */
const BODY = 0.85;

/**
 * The rows of one group with its tail, and its cold starts, in narrow buckets: the rest stays as it was, since all
 * of it would be a row for each invocation. Where the two do not count the same, nothing is replaced.
 */
export function withValues(
  wide: readonly HistoryRow[],
  fine: readonly HistoryRow[],
): readonly HistoryRow[] {
  const from = tailStarts(wide);
  const isReplaced = (row: HistoryRow): boolean =>
    row.durationMs !== null &&
    endedWell(row) &&
    (row.cold || bucketOf(row.durationMs.min) >= (from.get(keyOf(row)) ?? Infinity));
  const tail = fine.filter(isReplaced);
  if (countOf(wide.filter(isReplaced)) !== countOf(tail)) return wide;
  return [...wide.filter((row) => !isReplaced(row)), ...tail];
}

/** The bucket in which the tail begins, for each function and size. */
function tailStarts(rows: readonly HistoryRow[]): ReadonlyMap<string, number> {
  const warm = new Map<string, { readonly bucket: number; readonly count: number }[]>();
  for (const row of rows) {
    const { bucket, count } = row;
    if (row.cold || bucket === null || !endedWell(row)) continue;
    const own = warm.get(keyOf(row));
    if (own === undefined) warm.set(keyOf(row), [{ bucket, count }]);
    else own.push({ bucket, count });
  }
  const starts = new Map<string, number>();
  for (const [key, own] of warm) {
    const body = BODY * own.reduce((sum, { count }) => sum + count, 0);
    let passed = 0;
    const start = own
      .toSorted((a, b) => a.bucket - b.bucket)
      .find(({ count }) => {
        passed += count;
        return passed >= body;
      });
    if (start !== undefined) starts.set(key, start.bucket);
  }
  return starts;
}

function keyOf({ owner, memoryMb }: HistoryRow): string {
  return `${owner} ${String(memoryMb)}`;
}

function endedWell({ outcome }: HistoryRow): boolean {
  return outcome === 'ok' || outcome === 'untold';
}

function countOf(rows: readonly HistoryRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
