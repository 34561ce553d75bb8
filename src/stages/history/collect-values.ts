import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryRow } from '../../contract/history/history.ts';
import { FINE_BUCKETS_PER_E } from '../../core/history/history-query.ts';
import { valuesNeeded } from '../../core/history/values-needed.ts';
import { collectRows, type CollectedRows } from './collect-rows.ts';
import type { HistoryRequest } from './history-request.ts';
import type { QueryDeps } from './run-query.ts';

/**
 * Asks once more, in narrow buckets, about groups of so few invocations that their timeout depends on each. The
 * rows of a group that now counts other invocations, or has no answer, stay as they were.
 */
export async function collectValues(
  deps: QueryDeps,
  groups: readonly LogGroupFacts[],
  request: HistoryRequest,
  before: CollectedRows,
  maxBytes: number,
): Promise<CollectedRows> {
  const needed = valuesNeeded(before.rows);
  const left = maxBytes - before.bytesScanned;
  if (before.ended !== 'whole' || needed.size === 0 || left <= 0) return before;
  const again = await collectRows(
    deps,
    groups.filter(({ name }) => needed.has(name)),
    request,
    left,
    request.rowLimit,
    FINE_BUCKETS_PER_E,
  );
  const [was, is] = [countsOf(before.rows), countsOf(again.rows)];
  const fine = new Set([...is.keys()].filter((name) => is.get(name) === was.get(name)));
  return {
    ...before,
    rows: [
      ...before.rows.filter(({ logGroup }) => !fine.has(logGroup)),
      ...again.rows.filter(({ logGroup }) => fine.has(logGroup)),
    ],
    queries: before.queries + again.queries,
    bytesScanned: before.bytesScanned + again.bytesScanned,
    ended: again.ended === 'stopped' ? 'stopped' : 'whole',
  };
}

function countsOf(rows: readonly HistoryRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { logGroup, count } of rows) counts.set(logGroup, (counts.get(logGroup) ?? 0) + count);
  return counts;
}
