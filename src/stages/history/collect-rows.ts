import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryRow, HistoryWindow } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { BUCKETS_PER_E, historyQuery, ROW_LIMIT } from '../../core/history/history-query.ts';
import { readHistoryRow } from '../../core/history/read-row.ts';
import { QUERY_ENDINGS } from '../../words/history/history-problems.ts';
import { runQuery, type Cells, type QueryDeps, type QueryEnd } from './run-query.ts';

/** So many groups a query may name. */
const MOST_GROUPS = 50;
/** A query that failed is tried once more. */
const ATTEMPTS = 2;

export interface CollectedRows {
  readonly rows: readonly HistoryRow[];
  /** Why a group gave nothing, by its name. */
  readonly problems: ReadonlyMap<string, string>;
  readonly queries: number;
  readonly bytesScanned: number;
  /** Somebody stopped it, or it scanned too much: the rows are not all. */
  readonly ended: 'whole' | 'stopped' | 'too-much';
}

/** Groups of the Standard class together, at most 50; others each alone, as Logs Insights wants them. */
export function batchesOf(groups: readonly LogGroupFacts[]): readonly (readonly string[])[] {
  const standard = groups.filter((each) => each.class === 'STANDARD').map(({ name }) => name);
  const others = groups.filter((each) => each.class !== 'STANDARD').map(({ name }) => [name]);
  const batches: (readonly string[])[] = [];
  for (let at = 0; at < standard.length; at += MOST_GROUPS) {
    batches.push(standard.slice(at, at + MOST_GROUPS));
  }
  return [...batches, ...others];
}

/**
 * Asks for the rows of many groups. A batch that is denied, too much for one query or cut off at the row limit
 * is halved, by groups and then by time, until what is left can be said of one group alone; the others go on.
 */
export async function collectRows(
  deps: QueryDeps,
  groups: readonly LogGroupFacts[],
  window: HistoryWindow,
  maxBytes: number,
  rowLimit = ROW_LIMIT,
  bucketsPerE = BUCKETS_PER_E,
): Promise<CollectedRows> {
  const text = historyQuery(rowLimit, bucketsPerE);
  const rows: HistoryRow[] = [];
  const texts = new Map(groups.map(({ name }) => [name, name]));
  const toRow = (cells: Cells): HistoryRow => {
    const row = readHistoryRow(cells, bucketsPerE);
    // One text for all rows of a group: there may be a hundred thousand.
    return { ...row, logGroup: texts.get(row.logGroup) ?? row.logGroup };
  };
  const problems = new Map<string, string>();
  let queries = 0;
  let bytesScanned = 0;
  const waiting = batchesOf(groups).map((names) => ({ names, window, attempt: 1 }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { names, window: part, attempt } = next;
    // A group of which one part has no answer gets none: its other parts would be paid for in vain.
    if (names.every((name) => problems.has(name))) continue;
    let end: QueryEnd<HistoryRow>;
    try {
      queries += 1;
      const request = { text, logGroups: names, ...part, maxBytes: maxBytes - bytesScanned };
      end = await runQuery(deps, request, toRow);
    } catch (error) {
      if (!isAwsError(error)) throw error;
      // One group that is denied, gone or too young refuses a query of all.
      const mayBeOne =
        error.kind === 'denied' || error.kind === 'not-found' || error.kind === 'refused';
      if (!mayBeOne || names.length === 1) {
        for (const name of names) problems.set(name, `${error.action}: ${error.message}`);
      } else
        waiting.unshift(...halves(names).map((half) => ({ names: half, window: part, attempt })));
      continue;
    }
    bytesScanned += end.bytesScanned;
    if (end.kind === 'stopped' || end.kind === 'too-much') {
      return { rows, problems, queries, bytesScanned, ended: end.kind };
    }
    const cutOff = end.rows.length >= rowLimit || end.kind === 'timeout';
    if (cutOff && names.length > 1) {
      waiting.unshift(...halves(names).map((half) => ({ names: half, window: part, attempt })));
    } else if (cutOff && part.untilMs - part.sinceMs > 3_600_000) {
      waiting.unshift(...inTwo(part).map((half) => ({ names, window: half, attempt })));
    } else if (end.kind === 'failed' && attempt < ATTEMPTS) {
      waiting.unshift({ names, window: part, attempt: attempt + 1 });
    } else if (end.kind === 'complete' && !cutOff) {
      for (const row of end.rows) rows.push(row);
    } else {
      for (const name of names) problems.set(name, QUERY_ENDINGS[end.kind]);
    }
  }
  // Of a group that failed in one part of the window, the other parts say nothing true.
  const kept = rows.filter(({ logGroup }) => !problems.has(logGroup));
  return { rows: kept, problems, queries, bytesScanned, ended: 'whole' };
}

function halves(names: readonly string[]): readonly (readonly string[])[] {
  const middle = Math.ceil(names.length / 2);
  return [names.slice(0, middle), names.slice(middle)];
}

/** Both ends of a query's window are included, so the second half starts a second later. */
function inTwo({ sinceMs, untilMs }: HistoryWindow): readonly HistoryWindow[] {
  const middleMs = Math.floor((sinceMs + untilMs) / 2000) * 1000;
  return [
    { sinceMs, untilMs: middleMs },
    { sinceMs: middleMs + 1000, untilMs },
  ];
}
