import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { LogChunk } from '../log-store.ts';
import { linesOf } from '../log-query.ts';
import type { Event } from './evaluate.ts';
import { QueryRun, type Row } from './query-run.ts';
import type { QueryCommand } from './query-syntax.ts';

export type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout';

/** How queries take their time, and how they end. */
export interface QueryBehaviour {
  /** How long a query stays Scheduled. @default 0 */
  readonly startDelayMs?: number;
  /** How long each invocation's lines take, on top. @default 0 */
  readonly chunkDelayMs?: number;
  /** How many queries may be started in a second. @default 10 */
  readonly startsPerSecond?: number;
  /** What `estimate` says, as a multiple of what is scanned. @default 1 */
  readonly estimateTimes?: number;
  /** How the n-th query ends, from 1, when AWS ends it. */
  readonly ending?: (query: number) => 'Failed' | 'Cancelled' | 'Timeout' | undefined;
}

export interface QueryRequest {
  readonly text: string;
  readonly commands: readonly QueryCommand[];
  readonly limit: number | null;
  readonly groups: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
}

/** One query, from its start to its end. */
export class QueryJob {
  readonly id: string;
  readonly request: QueryRequest;
  readonly createdMs: number;
  readonly statistics = {
    recordsMatched: 0,
    recordsScanned: 0,
    bytesScanned: 0,
    logGroupsScanned: 0,
  };
  #status: QueryStatus = 'Scheduled';
  #rows: readonly Row[] = [];

  constructor(id: string, request: QueryRequest, createdMs: number) {
    this.id = id;
    this.request = request;
    this.createdMs = createdMs;
  }

  get status(): QueryStatus {
    return this.#status;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get isUnderWay(): boolean {
    return this.#status === 'Scheduled' || this.#status === 'Running';
  }

  /** Stops a query that is under way. */
  stop(): void {
    this.#status = 'Cancelled';
  }

  /** @param chunks of the request's groups and time, asked for while it runs */
  async run(
    chunks: Iterable<LogChunk>,
    behaviour: QueryBehaviour,
    ending: QueryStatus | undefined,
    account: string,
    closing: AbortSignal,
  ): Promise<void> {
    const { startDelayMs = 0, chunkDelayMs = 0, estimateTimes = 1 } = behaviour;
    if (startDelayMs > 0) await wait(startDelayMs, closing);
    if (this.#isOver(closing)) return;
    this.#status = 'Running';
    const { commands, limit } = this.request;
    if (commands.at(-1)?.kind === 'estimate') {
      this.#estimate(chunks, estimateTimes);
      return;
    }
    const run = new QueryRun(commands, limit);
    const groups = new Set<string>();
    let turnMs = performance.now();
    for (const chunk of chunks) {
      groups.add(chunk.group);
      this.#scan(chunk, run, account);
      this.statistics.logGroupsScanned = groups.size;
      if (chunkDelayMs > 0) await wait(chunkDelayMs, closing);
      else if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
      if (this.#isOver(closing)) return;
    }
    this.#rows = ending === undefined ? run.rows() : [];
    this.#status = ending ?? 'Complete';
  }

  #isOver(closing: AbortSignal): boolean {
    return closing.aborted || !this.isUnderWay;
  }

  #scan(chunk: LogChunk, run: QueryRun, account: string): void {
    this.statistics.bytesScanned += chunk.size;
    for (const message of linesOf(chunk.bytes)) {
      const event: Event = new Map<string, string | number>([
        ['@timestamp', chunk.atMs],
        ['@ingestionTime', chunk.visibleAtMs],
        ['@message', message],
        ['@logStream', chunk.stream],
        ['@log', `${account}:${chunk.group}`],
      ]);
      this.statistics.recordsScanned += 1;
      run.add(event);
      this.statistics.recordsMatched = run.matched;
    }
  }

  /** The query is not run. Which name its column has is not documented. */
  #estimate(chunks: Iterable<LogChunk>, times: number): void {
    let bytes = 0;
    for (const { size } of chunks) bytes += size;
    this.#rows = [[{ field: 'estimatedBytes', value: String(Math.round(bytes * times)) }]];
    this.#status = 'Complete';
  }
}

/** A query must not keep the endpoint from answering. */
const TURN_MS = 10;

/** Ends with the endpoint. */
async function wait(ms: number, closing: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: closing }).catch(() => undefined);
}
