import type { LogFinding } from './log-finding.ts';
import type { InitReport, PlatformReport } from './platform-report.ts';
import { RecentMap } from './recent-map.ts';
import { SeenReports } from './seen-reports.ts';

/** One invocation of which the log holds a report. */
export interface LogRecord extends LogFinding {
  readonly report: PlatformReport;
}

/** What is known of an invocation that has no report yet. */
interface Pending {
  started: boolean;
  ended: boolean;
  timedOut: boolean;
  crash: string | null;
  initReport: InitReport | null;
}

/** How a line of the platform is written; a function has one at a time. */
export type LineFormat = 'text' | 'json';

/** A report that may be an application's. */
interface Held {
  readonly report: PlatformReport;
  /** Whether the log has the START of the same invocation. */
  readonly started: boolean;
}

/** Invocations and log streams to keep in mind at once. */
const MAX_KEPT = 10_000;

/**
 * Puts together what the lines of a log say about each invocation, and tells Lambda's reports from what
 * an application prints at the beginning of a line. Lambda writes START, END, REPORT, in this order. So
 * a report that comes while an invocation of its log stream is open, and without its END, is held back:
 *
 * - its END and another report of the same request follow: that one was Lambda's;
 * - nothing follows, as in a log that lacks END lines: it counts;
 * - it is of a request that never started here, in a log that has END lines: it is left out.
 *
 * A report in JSON among text lines, or the other way round, is left out while an invocation is open.
 * A report that comes again, alike in its request id and in every figure, is a copy: files are put together
 * from parts that overlap. Of a timeout Lambda itself writes such a one for each retry of an event: those count.
 *
 * Everything else counts at once, so that logs filtered for reports, cut off, or printed newest first
 * are read in full.
 */
export class InvocationLedger {
  readonly #pending = new RecentMap<Pending>(MAX_KEPT);
  /** The last one of each request. */
  readonly #held = new Map<string, Held>();
  /** The invocation that is open in each log stream. */
  readonly #open = new RecentMap<{ readonly requestId: string; readonly format: LineFormat }>(
    MAX_KEPT,
  );
  /** INIT_REPORT names no request: it belongs to the next invocation of its log stream. */
  readonly #inits = new RecentMap<InitReport>(MAX_KEPT);
  #endSeen = false;
  /** The request of the last report before which nothing of its invocation stood. */
  #reportedFirst = '';
  /** Whether the log is printed newest first: a report stood ahead of its START. */
  #newestFirst = false;
  #records: LogRecord[] = [];
  #leftOut = 0;
  #copies = 0;
  readonly #seen = new SeenReports();

  /** Reports left out so far, because everything says that Lambda did not write them. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Reports that stand in the log again, and were counted once. */
  get copies(): number {
    return this.#copies;
  }

  /** What was completed since the last call. */
  take(): readonly LogRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  start(requestId: string, stream: string, format: LineFormat): void {
    if (this.#held.size > 0) {
      this.#settle(requestId);
      // A log that lacks END lines is not held back until its end.
      if (!this.#endSeen) this.#settleAll();
    }
    this.#newestFirst ||= requestId === this.#reportedFirst;
    this.#pending.delete(requestId);
    this.#open.set(stream, { requestId, format });
    const pending = this.#of(requestId);
    pending.started = true;
    pending.initReport = this.#takeInit(stream);
  }

  end(requestId: string, stream: string): void {
    this.#endSeen = true;
    this.#of(requestId).ended = true;
    this.#closeOpen(requestId, stream);
    // Newest first: between this and the START is what the application printed.
    if (requestId === this.#reportedFirst) this.#open.set(stream, { requestId, format: 'text' });
  }

  timedOut(requestId: string): void {
    this.#of(requestId).timedOut = true;
  }

  crash(requestId: string, message: string): void {
    this.#of(requestId).crash ??= message;
  }

  initReport(initReport: InitReport, stream: string): void {
    // Newest first, the next invocation is not the one that it is of, and that one is told already.
    if (!this.#newestFirst) this.#inits.set(stream, initReport);
  }

  report(report: PlatformReport, stream: string, format: LineFormat): void {
    const { requestId } = report;
    const pending = this.#pending.get(requestId);
    const open = this.#open.get(stream);
    const ended = pending?.ended === true;
    if (open !== undefined && open.format !== format && !ended) {
      this.#leftOut += 1;
      return;
    }
    if (format === 'json' || ended || (open === undefined && !this.#held.has(requestId))) {
      if (pending === undefined) this.#reportedFirst = requestId;
      this.#complete(report, this.#takeInit(stream));
    } else {
      if (this.#held.size === MAX_KEPT) this.#settleAll();
      // The next START of this stream must not take the init that belongs to this invocation.
      if (pending?.started === true) pending.initReport ??= this.#takeInit(stream);
      this.#held.set(requestId, { report, started: pending?.started === true });
    }
    // In a log that lacks END lines nothing else ends it.
    this.#closeOpen(requestId, stream);
  }

  /** Decides about everything that is still held back. */
  finish(): void {
    this.#settleAll();
  }

  #closeOpen(requestId: string, stream: string): void {
    if (this.#open.get(stream)?.requestId === requestId) this.#open.delete(stream);
  }

  #of(requestId: string): Pending {
    let pending = this.#pending.get(requestId);
    if (pending === undefined) {
      pending = { started: false, ended: false, timedOut: false, crash: null, initReport: null };
      this.#pending.set(requestId, pending);
    }
    return pending;
  }

  #settleAll(): void {
    for (const requestId of this.#held.keys()) this.#settle(requestId);
  }

  /** Lets go of a report that was held back, where one was. */
  #settle(requestId: string): void {
    const held = this.#held.get(requestId);
    if (held === undefined) return;
    const ended = this.#pending.get(requestId)?.ended === true;
    if (held.started || ended || !this.#endSeen) {
      this.#complete(held.report, null);
    } else {
      this.#held.delete(requestId);
      this.#leftOut += 1;
    }
  }

  #complete(report: PlatformReport, initReport: InitReport | null): void {
    const pending = this.#pending.get(report.requestId);
    this.#pending.delete(report.requestId);
    this.#held.delete(report.requestId);
    const isTimeout = pending?.timedOut === true || report.status === 'timeout';
    if (!isTimeout && report.requestId !== '' && this.#seen.seen(report)) {
      this.#copies += 1;
      return;
    }
    this.#records.push({
      report,
      timedOut: pending?.timedOut ?? false,
      crash: pending?.crash ?? null,
      initReport: pending?.initReport ?? initReport,
    });
  }

  #takeInit(stream: string): InitReport | null {
    if (this.#inits.empty) return null;
    const initReport = this.#inits.get(stream) ?? null;
    this.#inits.delete(stream);
    return initReport;
  }
}
