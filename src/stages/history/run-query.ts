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

export type Cells = Readonly<Record<string, string>>;

export interface QueryEnd<Row> {
  readonly kind: 'complete' | 'failed' | 'cancelled' | 'timeout' | 'too-much' | 'stopped';
  readonly rows: readonly Row[];
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
export async function runQuery<Row>(
  deps: QueryDeps,
  request: QueryRequest,
  toRow: (cells: Cells) => Row,
): Promise<QueryEnd<Row>> {
  deps.onQuery?.(request.text, request.logGroups);
  const queryId = await deps.startQuery(request);
  try {
    return await follow(deps, request, queryId, toRow);
  } catch (error) {
    await deps.stopQuery(queryId).catch(() => undefined);
    throw error;
  }
}

async function follow<Row>(
  deps: QueryDeps,
  { maxBytes }: QueryRequest,
  queryId: string,
  toRow: (cells: Cells) => Row,
): Promise<QueryEnd<Row>> {
  let waitMs: number = LOOKS.firstMs;
  let waitedMs = 0;
  for (;;) {
    const state = await deps.readQuery(queryId, null);
    const { bytesScanned, status } = state;
    const endAs = (kind: QueryEnd<Row>['kind']): QueryEnd<Row> => ({
      kind,
      rows: [],
      bytesScanned,
    });
    if (status === 'Complete')
      return { ...endAs('complete'), rows: await readAllRows(deps, queryId, state, toRow) };
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

/** The rows of a query that is complete, all its pages. Cells take much memory, so no page of them is kept. */
export async function readAllRows<Row>(
  { readQuery }: Pick<QueryDeps, 'readQuery'>,
  queryId: string,
  first: QueryState,
  toRow: (cells: Cells) => Row,
): Promise<readonly Row[]> {
  const rows = first.rows.map((cells) => toRow(cells));
  for (let token = first.nextToken; token !== null;) {
    const page = await readQuery(queryId, token);
    for (const cells of page.rows) rows.push(toRow(cells));
    token = page.nextToken;
  }
  return rows;
}
