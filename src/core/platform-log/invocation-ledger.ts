import type { LogFinding } from './log-finding.ts';
import type { InitReport, PlatformReport } from './platform-report.ts';

/** One invocation of which the log holds a report. */
export interface LogRecord extends LogFinding {
  readonly report: PlatformReport;
}

/** What is known of an invocation that has no report yet. */
interface Pending {
  ended: boolean;
  timedOut: boolean;
  crash: string | null;
  initReport: InitReport | null;
}

/** Invocations under way at once in one log; the oldest are given up beyond it. */
const MAX_PENDING = 10_000;
const MAX_STREAMS = 10_000;

/**
 * Puts together what the lines of a log say about each invocation, and tells Lambda's reports from what
 * an application prints at the beginning of a line. Lambda writes START, END, REPORT, in this order. So
 * a report without its END is held back: the END that follows an application's one is followed by the
 * real one. In a log that was printed newest first END and START follow the report. In a log without
 * any END (filtered, say), every report counts.
 */
export class InvocationLedger {
  readonly #pending = new Map<string, Pending>();
  /** Reports that came before their END line, the last one of each request. */
  readonly #held = new Map<string, PlatformReport>();
  /** INIT_REPORT names no request: it belongs to the next invocation of its log stream. */
  readonly #inits = new Map<string, InitReport>();
  #startSeen = false;
  #endSeen = false;
  #records: LogRecord[] = [];
  #leftOut = 0;

  /** Reports left out so far, because everything says that Lambda did not write them. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** What was completed since the last call. */
  take(): readonly LogRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  start(requestId: string, stream: string): void {
    this.#startSeen = true;
    this.#settle(requestId, this.#pending.get(requestId)?.ended === true);
    this.#pending.delete(requestId);
    if (!this.#endSeen) this.#release();
    const initReport = this.#takeInit(stream);
    if (initReport !== null) this.#of(requestId).initReport = initReport;
  }

  end(requestId: string): void {
    this.#endSeen = true;
    this.#of(requestId).ended = true;
  }

  timedOut(requestId: string): void {
    this.#of(requestId).timedOut = true;
  }

  crash(requestId: string, message: string): void {
    this.#of(requestId).crash ??= message;
  }

  initReport(initReport: InitReport, stream: string): void {
    this.#inits.set(stream, initReport);
    if (this.#inits.size > MAX_STREAMS) this.#inits.delete(oldestOf(this.#inits));
  }

  /** @param certain that Lambda wrote it, as JSON events are */
  report(report: PlatformReport, stream: string, certain: boolean): void {
    const pending = this.#pending.get(report.requestId);
    const unfiltered = this.#startSeen || this.#endSeen;
    if (!certain && unfiltered && pending?.ended !== true) {
      this.#held.set(report.requestId, report);
      if (this.#held.size > MAX_PENDING) this.#settle(oldestOf(this.#held), !this.#endSeen);
      return;
    }
    this.#complete(report, this.#takeInit(stream));
  }

  /** Decides about everything that is still held back. */
  finish(): void {
    this.#release();
    this.#inits.clear();
  }

  #of(requestId: string): Pending {
    let pending = this.#pending.get(requestId);
    if (pending === undefined) {
      pending = { ended: false, timedOut: false, crash: null, initReport: null };
      this.#pending.set(requestId, pending);
      if (this.#pending.size > MAX_PENDING) this.#pending.delete(oldestOf(this.#pending));
    }
    return pending;
  }

  #release(): void {
    for (const requestId of this.#held.keys()) {
      this.#settle(requestId, !this.#endSeen || this.#pending.get(requestId)?.ended === true);
    }
  }

  /** Lets go of a report that was held back, where one was. */
  #settle(requestId: string, genuine: boolean): void {
    const held = this.#held.get(requestId);
    if (held === undefined) return;
    if (genuine) {
      this.#complete(held, null);
    } else {
      this.#held.delete(requestId);
      this.#leftOut += 1;
    }
  }

  #complete(report: PlatformReport, initReport: InitReport | null): void {
    const pending = this.#pending.get(report.requestId);
    this.#pending.delete(report.requestId);
    this.#held.delete(report.requestId);
    this.#records.push({
      report,
      timedOut: pending?.timedOut ?? false,
      crash: pending?.crash ?? null,
      initReport: pending?.initReport ?? initReport,
    });
  }

  #takeInit(stream: string): InitReport | null {
    if (this.#inits.size === 0) return null;
    const initReport = this.#inits.get(stream) ?? null;
    this.#inits.delete(stream);
    return initReport;
  }
}

/** Maps keep the order of insertion; `''` for an empty one. */
function oldestOf(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key;
  return '';
}
