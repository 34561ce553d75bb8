import type { QueryState, ReadQuery, StartQuery, StopQuery } from '../../contract/history/deps.ts';
import type { HistoryWindow } from '../../contract/history/history.ts';

export interface QueryDeps {
  readonly startQuery: StartQuery;
  readonly readQuery: ReadQuery;
  readonly stopQuery: StopQuery;
  readonly sleep: (ms: number) => Promise<void>;
  /** Asked between two looks: whether somebody wants the query stopped. */
  readonly stopped: () => boolean;
  /** Told each query before it is sent, so that anybody can paste it into the console. */
  readonly onQuery?: (text: string, logGroups: readonly string[]) => void;
}

export interface QueryRequest extends HistoryWindow {
  readonly text: string;
  readonly logGroups: readonly string[];
  /** Above it the query is stopped. */
  readonly maxBytes: number;
}

export interface QueryEnd {
  readonly kind: 'complete' | 'failed' | 'cancelled' | 'timeout' | 'too-much' | 'stopped';
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly bytesScanned: number;
}

/** A query is looked at every 250 ms at first, then every 2 s: ten looks in a second are all that there are. */
const LOOKS = { firstMs: 250, lastMs: 2000, times: 1.5 } as const;
/** A query times out after 60 minutes: what has no end by then never gets one. */
const LONGEST_MS = 61 * 60 * 1000;

/**
 * Runs one query of Logs Insights to its end and fetches all its rows. It is stopped when it scans more than it
 * may, when somebody wants it, and when asking about it fails: a query that nobody reads is paid for all the same.
 */
export async function runQuery(deps: QueryDeps, request: QueryRequest): Promise<QueryEnd> {
  deps.onQuery?.(request.text, request.logGroups);
  const queryId = await deps.startQuery(request);
  try {
    return await follow(deps, request, queryId);
  } catch (error) {
    await deps.stopQuery(queryId).catch(() => undefined);
    throw error;
  }
}

async function follow(
  deps: QueryDeps,
  { maxBytes }: QueryRequest,
  queryId: string,
): Promise<QueryEnd> {
  let waitMs: number = LOOKS.firstMs;
  let waitedMs = 0;
  for (;;) {
    const state = await deps.readQuery(queryId, null);
    const { bytesScanned, status } = state;
    const endAs = (kind: QueryEnd['kind']): QueryEnd => ({ kind, rows: [], bytesScanned });
    if (status === 'Complete')
      return { ...endAs('complete'), rows: await allRows(deps, queryId, state) };
    if (status === 'Failed') return endAs('failed');
    if (status === 'Cancelled') return endAs('cancelled');
    if (status === 'Timeout') return endAs('timeout');
    const why = deps.stopped() ? 'stopped' : bytesScanned > maxBytes ? 'too-much' : null;
    if (why !== null || waitedMs > LONGEST_MS) {
      await deps.stopQuery(queryId);
      return endAs(why ?? 'timeout');
    }
    await deps.sleep(waitMs);
    waitedMs += waitMs;
    waitMs = Math.min(LOOKS.lastMs, waitMs * LOOKS.times);
  }
}

/** The rows of a query that is complete, all its pages. */
export async function allRows(
  { readQuery }: Pick<QueryDeps, 'readQuery'>,
  queryId: string,
  first: QueryState,
): Promise<QueryEnd['rows']> {
  const rows = [...first.rows];
  for (let token = first.nextToken; token !== null;) {
    const page = await readQuery(queryId, token);
    for (const row of page.rows) rows.push(row);
    token = page.nextToken;
  }
  return rows;
}
