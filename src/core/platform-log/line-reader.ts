import { readEventMessage } from './event-message.ts';
import { InvocationLedger, type LogRecord } from './invocation-ledger.ts';
import { LineMentions } from './line-mentions.ts';
import { skipLinePrefix } from './line-prefix.ts';
import { MAX_LINE_CHARACTERS } from './line-splitter.ts';
import { parseObject, readPlatformEvent } from './platform-event.ts';
import { readPlatformLine, readTimedOutLine, type PlatformLine } from './platform-line.ts';
import { continueReport, type TextReport } from './report-text.ts';
import { endOfLine } from './scan.ts';

/** A report waits for this many lines: the rest of it, X-Ray's line, and the old style's timeout. */
const LINES_AFTER_REPORT = 6;

const CODE = { tab: 9, T: 84, brace: 123 } as const;

/** Stands in for the stream of a line that is not the message of a log event in JSON. */
const RAW = null;

/** First characters of lines that can be the platform's: a keyword's, or an export's prefix. */
const KEYWORD = firstCharacters('REIS');
const PREFIX = firstCharacters(' \t/E0123456789');

interface OpenReport {
  report: TextReport;
  readonly stream: string;
  linesLeft: number;
}

/** Reads the lines of one log in order and has the ledger put the invocations together. */
export class LineReader {
  readonly #ledger = new InvocationLedger();
  readonly #mentions = new LineMentions();
  /** Whether the platform's lines stand in this log as they are, and not inside of JSON events. */
  #rawSeen = false;
  #open: OpenReport | null = null;

  get leftOut(): number {
    return this.#ledger.leftOut;
  }

  take(): readonly LogRecord[] {
    return this.#ledger.take();
  }

  /** Reads the whole lines from `start` to `end`. */
  lines(text: string, start: number, end: number): void {
    for (let position = start; position < end;) {
      const lineEnd = endOfLine(text, position, end);
      this.#line(text, position, lineEnd, RAW);
      position = lineEnd + 1;
    }
  }

  /** Reads the message of one log event, which no export has put anything before. */
  message(text: string, stream: string): void {
    for (let position = 0; position < text.length;) {
      const lineEnd = endOfLine(text, position, text.length);
      this.#line(text, position, lineEnd, stream);
      position = lineEnd + 1;
    }
  }

  finish(): void {
    this.#close();
    this.#ledger.finish();
  }

  #line(text: string, start: number, end: number, wrapper: string | typeof RAW): void {
    if (this.#open !== null && this.#continues(this.#open, text, start, end)) return;
    const code = text.charCodeAt(start);
    if (code === CODE.brace) {
      if (wrapper !== RAW || this.#mentions.in(text, start, end)) {
        this.#json(text, start, end, wrapper);
      }
      return;
    }
    if (KEYWORD[code] === 1) {
      const line = readPlatformLine(text, start, end);
      if (line !== null) {
        this.#platformLine(line, wrapper);
        return;
      }
    }
    if (PREFIX[code] === 1) this.#prefixed(text, start, end, wrapper);
  }

  #prefixed(text: string, start: number, end: number, wrapper: string | typeof RAW): void {
    // Most lines of most logs: `2024-03-04T17:22:38.033Z ⇥ …`, an application's behind a managed runtime.
    if (text.charCodeAt(start + 24) === CODE.tab && text.charCodeAt(start + 10) === CODE.T) return;
    const prefix = skipLinePrefix(text, start, end);
    if (prefix === null) return;
    const { bodyStart } = prefix;
    const timedOut = prefix.timestamp ? readTimedOutLine(text, bodyStart, end) : null;
    if (timedOut !== null) {
      this.#platformLine(timedOut, wrapper);
    } else if (wrapper === RAW && bodyStart > start) {
      if (text.charCodeAt(bodyStart) === CODE.brace) {
        this.#json(text, bodyStart, end, RAW, prefix.stream);
      } else {
        const line = readPlatformLine(text, bodyStart, end);
        if (line !== null) this.#platformLine(line, RAW, prefix.stream);
      }
    }
  }

  #json(
    text: string,
    start: number,
    end: number,
    wrapper: string | typeof RAW,
    stream = wrapper ?? '',
  ): void {
    if (end - start > MAX_LINE_CHARACTERS) return;
    // In CSV every quote is doubled, and one more closes the field.
    const json = text.startsWith('{""', start)
      ? text.slice(start, end).replace(/"\s*$/, '').replaceAll('""', '"')
      : text.slice(start, end);
    const object = parseObject(json);
    if (object === null) return;
    const event = readPlatformEvent(object);
    if (event === null) {
      // Among the platform's own lines, an event in a wrapper is one that an application printed.
      const wrapped = wrapper === RAW && !this.#rawSeen ? readEventMessage(object) : null;
      if (wrapped !== null) this.message(wrapped.message, wrapped.stream);
      return;
    }
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

  #platformLine(line: PlatformLine, wrapper: string | typeof RAW, stream = wrapper ?? ''): void {
    this.#rawSeen ||= wrapper === RAW;
    // These two say more about a report that may be open, and begin nothing new.
    if (line.kind !== 'timed-out' && line.kind !== 'crash') this.#close();
    switch (line.kind) {
      case 'timed-out':
        this.#ledger.timedOut(line.requestId);
        break;
      case 'crash':
        this.#ledger.crash(line.requestId, line.message);
        break;
      case 'report':
        this.#open = { report: line.report, stream, linesLeft: LINES_AFTER_REPORT };
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

  /** Whether a line was the next part of the open report; counts it where it was not. */
  #continues(open: OpenReport, text: string, start: number, end: number): boolean {
    if (open.linesLeft === LINES_AFTER_REPORT) {
      const longer = continueReport(open.report, text, start, end);
      if (longer !== null) {
        open.report = longer;
        return true;
      }
    }
    open.linesLeft -= 1;
    if (open.linesLeft === 0) this.#close();
    return false;
  }

  #close(): void {
    if (this.#open === null) return;
    const { report, stream } = this.#open;
    this.#open = null;
    // Cut off before the duration, a line says nothing.
    if (report.report.durationMs !== null) this.#ledger.report(report.report, stream, 'text');
  }
}

function firstCharacters(characters: string): Uint8Array {
  const set = new Uint8Array(65_536);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}
