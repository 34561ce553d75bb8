import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryRow, HistoryWindow } from '../../contract/history/history.ts';
import { isAwsError, type AwsError } from '../../contract/shared/aws-error.ts';
import { BUCKETS_PER_E, historyQuery, ROW_LIMIT } from '../../core/history/history-query.ts';
import { readHistoryRow } from '../../core/history/read-row.ts';
import { QUERY_ENDINGS } from '../../words/history/history-problems.ts';
import { runQuery, type Cells, type QueryDeps, type QueryEnd } from './run-query.ts';

/** So many groups a query may name. */
const MOST_GROUPS = 50;
/** A window is not halved below this. */
const SHORTEST_MS = 3_600_000;
/** A query that failed is tried once more. */
const ATTEMPTS = 2;

export interface CollectedRows {
  readonly rows: readonly HistoryRow[];
  /** Why a group gave nothing, by its name. */
  readonly problems: ReadonlyMap<string, string>;
  readonly queries: number;
  readonly bytesScanned: number;
  /** `whole` where all rows were read; otherwise somebody stopped the query, or it scanned too much. */
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

/** A query to be made: of these groups, over this part of the window. */
interface Part {
  readonly names: readonly string[];
  readonly window: HistoryWindow;
  readonly attempt: number;
}

/** What became of a part: its rows, smaller parts to ask for in its place, or why its groups get none. */
type PartEnd =
  | { readonly kind: 'rows'; readonly rows: readonly HistoryRow[] }
  | { readonly kind: 'again'; readonly parts: readonly Part[] }
  | { readonly kind: 'problem'; readonly problem: string };

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
  const toRow = rowReader(groups, bucketsPerE);
  const rows: HistoryRow[] = [];
  const problems = new Map<string, string>();
  let queries = 0;
  let bytesScanned = 0;
  const waiting: Part[] = batchesOf(groups).map((names) => ({ names, window, attempt: 1 }));
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    // A group of which one part has no answer gets none: paying for its other parts would be wasted.
    if (part.names.every((name) => problems.has(name))) continue;
    queries += 1;
    const request = { text, logGroups: part.names, maxBytes: maxBytes - bytesScanned };
    const answer = await tryQuery(deps, { ...request, ...part.window }, toRow);
    bytesScanned += isAwsError(answer) ? 0 : answer.bytesScanned;
    if (answer.kind === 'stopped' || answer.kind === 'too-much') {
      return { rows, problems, queries, bytesScanned, ended: answer.kind };
    }
    const end = isAwsError(answer) ? afterError(part, answer) : afterAnswer(part, answer, rowLimit);
    switch (end.kind) {
      case 'rows':
        for (const row of end.rows) rows.push(row);
        break;
      case 'again':
        waiting.unshift(...end.parts);
        break;
      case 'problem':
        for (const name of part.names) problems.set(name, end.problem);
    }
  }
  // A group of which one part of the window failed is left out: the rows of its other parts alone would be
  // wrong.
  const kept = rows.filter(({ logGroup }) => !problems.has(logGroup));
  return { rows: kept, problems, queries, bytesScanned, ended: 'whole' };
}

/** Keeps one text for the name of each group: there may be a hundred thousand rows. */
function rowReader(
  groups: readonly LogGroupFacts[],
  bucketsPerE: number,
): (cells: Cells) => HistoryRow {
  const texts = new Map(groups.map(({ name }) => [name, name]));
  return (cells) => {
    const row = readHistoryRow(cells, bucketsPerE);
    return { ...row, logGroup: texts.get(row.logGroup) ?? row.logGroup };
  };
}

/** Returns what AWS refused; whatever else goes wrong is thrown. */
async function tryQuery(
  deps: QueryDeps,
  request: Parameters<typeof runQuery>[1],
  toRow: (cells: Cells) => HistoryRow,
): Promise<QueryEnd<HistoryRow> | AwsError> {
  try {
    return await runQuery(deps, request, toRow);
  } catch (error) {
    if (isAwsError(error)) return error;
    throw error;
  }
}

/** One group that is denied, gone or too young refuses a query of all. */
function afterError(part: Part, error: AwsError): PartEnd {
  const mayBeOne =
    error.kind === 'denied' || error.kind === 'not-found' || error.kind === 'refused';
  return mayBeOne && part.names.length > 1
    ? { kind: 'again', parts: splitGroups(part) }
    : { kind: 'problem', problem: `${error.action}: ${error.message}` };
}

function afterAnswer(part: Part, end: QueryEnd<HistoryRow>, rowLimit: number): PartEnd {
  const { names, window, attempt } = part;
  const isCutOff = end.rows.length >= rowLimit || end.kind === 'timeout';
  if (isCutOff && names.length > 1) return { kind: 'again', parts: splitGroups(part) };
  if (isCutOff && window.untilMs - window.sinceMs > SHORTEST_MS) {
    return { kind: 'again', parts: splitWindow(window).map((half) => ({ ...part, window: half })) };
  }
  if (end.kind === 'failed' && attempt < ATTEMPTS) {
    return { kind: 'again', parts: [{ ...part, attempt: attempt + 1 }] };
  }
  return end.kind === 'complete' && !isCutOff
    ? { kind: 'rows', rows: end.rows }
    : { kind: 'problem', problem: QUERY_ENDINGS[end.kind] };
}

function splitGroups(part: Part): readonly Part[] {
  return halves(part.names).map((names) => ({ ...part, names }));
}

function halves(names: readonly string[]): readonly (readonly string[])[] {
  const middle = Math.ceil(names.length / 2);
  return [names.slice(0, middle), names.slice(middle)];
}

/** Both ends of a query's window are included, so the second half starts a second later. */
function splitWindow({ sinceMs, untilMs }: HistoryWindow): readonly HistoryWindow[] {
  const middleMs = Math.floor((sinceMs + untilMs) / 2000) * 1000;
  return [
    { sinceMs, untilMs: middleMs },
    { sinceMs: middleMs + 1000, untilMs },
  ];
}
