import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryRow } from '../../contract/history/history.ts';
import { FINE_BUCKETS_PER_E } from '../../core/history/history-query.ts';
import { valuesNeeded } from '../../core/history/values-needed.ts';
import { withValues } from '../../core/history/with-values.ts';
import { collectRows, type CollectedRows } from './collect-rows.ts';
import type { HistoryRequest } from './history-request.ts';
import type { QueryDeps } from './run-query.ts';

/** Of more groups there would be more rows at once than memory should hold. */
const GROUPS_AT_ONCE = 10;

/**
 * Asks once more, in narrow buckets, about groups of so few invocations that their timeout depends on each. What
 * has no answer then stays as it was.
 */
export async function collectValues(
  deps: QueryDeps,
  groups: readonly LogGroupFacts[],
  request: HistoryRequest,
  before: CollectedRows,
  maxBytes: number,
): Promise<CollectedRows> {
  if (before.ended !== 'whole') return before;
  const needed = valuesNeeded(before.rows);
  const again = groups.filter(({ name }) => needed.has(name));
  const rows = groupRows(before.rows);
  let { queries, bytesScanned } = before;
  for (let at = 0; at < again.length && bytesScanned < maxBytes; at += GROUPS_AT_ONCE) {
    const part = again.slice(at, at + GROUPS_AT_ONCE);
    const left = maxBytes - bytesScanned;
    const fine = await collectRows(deps, part, request, left, request.rowLimit, FINE_BUCKETS_PER_E);
    queries += fine.queries;
    bytesScanned += fine.bytesScanned;
    if (fine.ended === 'stopped') return { ...before, queries, bytesScanned, ended: 'stopped' };
    for (const [name, own] of groupRows(fine.rows)) {
      rows.set(name, withValues(rows.get(name) ?? [], own));
    }
  }
  return { ...before, rows: [...rows.values()].flat(), queries, bytesScanned };
}

function groupRows(rows: readonly HistoryRow[]): Map<string, readonly HistoryRow[]> {
  const groups = new Map<string, HistoryRow[]>();
  for (const row of rows) {
    const own = groups.get(row.logGroup);
    if (own === undefined) groups.set(row.logGroup, [row]);
    else own.push(row);
  }
  return groups;
}
