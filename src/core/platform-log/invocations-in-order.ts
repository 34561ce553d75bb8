import { InvocationLedger, type LogRecord } from './invocation-ledger.ts';
import type { LinePrefix } from './export-prefix.ts';
import { OpenReport } from './open-report.ts';
import type { PlatformEvent } from './platform-event.ts';
import type { PlatformLine } from './platform-line.ts';
import type { PlatformReport } from './platform-report.ts';

/** Stands in for the stream of a line that is not the message of a log event. */
export const RAW = null;
export type Wrapper = string | typeof RAW;

/**
 * Takes what the lines of a log say in their order, and has the ledger put the invocations together. A report
 * of which a part may still come is kept open until something else begins.
 */
export class InvocationsInOrder {
  readonly #ledger = new InvocationLedger();
  #open: OpenReport | null = null;
  #rawSeen = false;

  /** Whether the platform's lines stand in this log as they are, and not inside of an export's events. */
  get rawSeen(): boolean {
    return this.#rawSeen;
  }

  get leftOut(): number {
    return this.#ledger.leftOut;
  }

  get copies(): number {
    return this.#ledger.copies;
  }

  /** Whether the next line may be a part of the open report. */
  get growsReport(): boolean {
    return this.#open?.growing === true;
  }

  /** Ends an event: the next one is no part of a report in it. */
  endEvent(): void {
    this.#open?.endEvent();
  }

  /** Whether the next line can be told from a part of the open report by its first character. */
  get reportSettled(): boolean {
    return this.#open?.settled === true;
  }

  get reportWaits(): boolean {
    return this.#open !== null;
  }

  take(): readonly LogRecord[] {
    return this.#ledger.take();
  }

  /** Passes over lines that hold nothing. */
  passLines(count: number): void {
    if (this.#open?.passLines(count) === true) this.#close();
  }

  /** Takes a row of a query's answer. */
  takeRow(report: PlatformReport): void {
    this.#ledger.report(report, '', 'text');
  }

  finish(): void {
    this.#close();
    this.#ledger.finish();
  }

  takeEvent(event: PlatformEvent, wrapper: Wrapper, stream: string): void {
    this.#rawSeen ||= wrapper === RAW;
    this.#close();
    if (event.kind === 'report') {
      if (event.report.durationMs !== null) this.#ledger.report(event.report, stream, 'json');
    } else if (event.kind === 'start') {
      this.#ledger.start(event.requestId, stream, 'json');
    } else {
      this.#ledger.initReport(event.initReport, stream);
    }
  }

  takeLine(
    line: PlatformLine,
    wrapper: Wrapper,
    stream: string,
    column: LinePrefix['column'],
  ): void {
    this.#rawSeen ||= wrapper === RAW;
    // These two say more about a report that may be open, and begin nothing new.
    if (line.kind !== 'timed-out' && line.kind !== 'crash') {
      if (line.kind === 'report' && this.#open?.isCopiedBy(line.report) === true) return;
      this.#close();
    }
    switch (line.kind) {
      case 'timed-out':
        this.#ledger.timedOut(line.requestId);
        break;
      case 'crash':
        this.#ledger.crash(line.requestId, line.message);
        break;
      case 'report':
        this.#open = new OpenReport(line.report, stream, column);
        break;
      case 'start':
        this.#ledger.start(line.requestId, stream, 'text');
        break;
      case 'end':
        this.#ledger.end(line.requestId, stream);
        break;
      case 'init-report':
        this.#ledger.initReport(line.initReport, stream);
    }
  }

  /** Takes a line that is the next part of the open report; counts it, and answers `false`, where it is none. */
  growReport(text: string, start: number, end: number): boolean {
    if (this.#open === null) return false;
    if (this.#open.grow(text, start, end)) return true;
    if (this.#open.passLines(1)) this.#close();
    return false;
  }

  #close(): void {
    if (this.#open === null) return;
    const { report, stream } = this.#open;
    this.#open = null;
    // Cut off before the duration, a line says nothing.
    if (report.durationMs !== null) this.#ledger.report(report, stream, 'text');
  }
}
