import { findForeignLine } from './foreign-prefix.ts';
import { InvocationLedger, type LogRecord } from './invocation-ledger.ts';
import { holdsLists, JsonDocument } from './json-document.ts';
import { type LogEntry, mayHoldEntry, readEntries } from './log-entry.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import {
  isManagedLine,
  mayBeginDocument,
  mayBeginDocumentAtEnd,
  mayEndDocument,
} from './line-kind.ts';
import { LINE_NEEDLES, LineMentions } from './line-mentions.ts';
import { endOfColumn, type LinePrefix, skipLinePrefix } from './line-prefix.ts';
import { parseObject, type PlatformEvent, readPlatformEvent } from './platform-event.ts';
import { readPlatformLine, readTimedOutLine, type PlatformLine } from './platform-line.ts';
import { OpenReport } from './open-report.ts';
import { endOfLine } from './scan.ts';
import { readTableCells } from './table-cells.ts';

/** Stands in for the stream of a line that is not the message of a log event. */
const RAW = null;
type Wrapper = string | typeof RAW;

const NO_PREFIX: LinePrefix = { bodyStart: 0, timestamp: false, stream: '', column: null };

/** No document begins in the lines that were read. */
export const NO_DOCUMENT = -1;

/** Reads the lines of one log in order and has the ledger put the invocations together. */
export class LineReader {
  readonly #ledger = new InvocationLedger();
  readonly #mentions = new LineMentions();
  /** Whether the platform's lines stand in this log as they are, and not inside of an export's events. */
  #rawSeen = false;
  /** What stands before the platform's lines, where a tool has put something of its own there. */
  #foreignShape: string | null = null;
  #open: OpenReport | null = null;

  get leftOut(): number {
    return this.#ledger.leftOut;
  }

  get copies(): number {
    return this.#ledger.copies;
  }

  /** Whether the next line must be read, whatever it holds: it may be a part of a report. */
  get wantsNextLine(): boolean {
    return this.#open?.growing === true && !this.#open.settled;
  }

  /** Whether the next line must be read where its first character may begin a part of a report. */
  get reportOpen(): boolean {
    return this.#open?.growing === true;
  }

  get reportWaits(): boolean {
    return this.#open !== null;
  }

  take(): readonly LogRecord[] {
    return this.#ledger.take();
  }

  /**
   * Reads the lines from `start` up to `end`, each with its line feed, or up to one at which a JSON
   * document begins.
   *
   * @param firstIsText the first line is known to begin no document
   * @returns where the document begins, or `NO_DOCUMENT`
   */
  lines(text: string, start: number, end: number, firstIsText: boolean): number {
    this.#mentions.of(text);
    let mayOpen = !firstIsText;
    for (let position = start; position < end;) {
      const lineEnd = text.indexOf('\n', position);
      if (!this.#growsReport(text, position, lineEnd)) {
        const first = text.charCodeAt(position);
        const length = lineEnd - position;
        if (mayOpen && mayBeginDocument(length, first, text.charCodeAt(position + 1))) {
          if (!this.#wholeDocument(text, position, lineEnd)) return position;
        } else if (!isManaged(text, position, length)) {
          const opening = openingBehindPrefix(text, position, lineEnd);
          if (opening !== null) return opening;
          if (this.#mentions.in(position, lineEnd)) this.#line(text, position, lineEnd, RAW);
        }
      }
      mayOpen = true;
      position = lineEnd + 1;
    }
    return NO_DOCUMENT;
  }

  /** Takes a line that stands in the log as it is and was read from its bytes. */
  line(line: PlatformLine): void {
    this.skipLines(1);
    this.#platformLine(line, RAW, '', null);
  }

  event(event: PlatformEvent): void {
    this.skipLines(1);
    this.#platformEvent(event, RAW, '');
  }

  /** The same for a line that is a whole JSON document; `false` where it is none, and nothing was taken. */
  document(json: string): boolean {
    const entries = readDocument(json);
    if (entries === null) return false;
    this.skipLines(1);
    for (const entry of entries) this.entry(entry);
    return true;
  }

  /** Passes over lines that hold nothing, and were not made into text for that reason. */
  skipLines(count: number): void {
    if (this.#open?.passLines(count) === true) this.#close();
  }

  /** Takes what an export or a query holds. */
  entry(entry: LogEntry): void {
    if (entry.kind === 'platform') {
      this.#platformEvent(entry.event, RAW, '');
      return;
    }
    // Among the platform's own lines, an event in a wrapper is one that an application printed.
    if (this.#rawSeen) return;
    if (entry.kind === 'message') this.#message(entry.message, entry.stream);
    else if (entry.kind === 'row') this.#ledger.report(entry.report, '', 'text');
    else this.#platformEvent(entry.event, entry.stream, entry.stream);
  }

  finish(): void {
    this.#close();
    this.#ledger.finish();
  }

  /** Reads the message of one log event, which no export has put anything before. */
  #message(text: string, stream: string): void {
    const mentions = LINE_NEEDLES.some((needle) => text.includes(needle));
    for (let position = 0; position < text.length;) {
      const lineEnd = endOfLine(text, position, text.length);
      if (!this.#growsReport(text, position, lineEnd) && mentions) {
        this.#line(text, position, lineEnd, stream);
      }
      position = lineEnd + 1;
    }
  }

  /** Reads a document that is one line; `false` where it may go on in the next. */
  #wholeDocument(text: string, start: number, end: number): boolean {
    if (!mayEndDocument((position) => text.charCodeAt(position), start, end)) return false;
    if (end - start > MAX_LINE_CHARACTERS) return false;
    const json = text.slice(start, end);
    if (!mayHoldEntry(json)) return true;
    const entries = readDocument(json);
    if (entries === null) return false;
    for (const entry of entries) this.entry(entry);
    return true;
  }

  #line(text: string, start: number, end: number, wrapper: Wrapper): void {
    const line = readPlatformLine(text, start, end);
    if (line !== null) {
      this.#platformLine(line, wrapper, wrapper ?? '', null);
    } else if (wrapper !== RAW && text.startsWith('{', start)) {
      const event = end - start > MAX_LINE_CHARACTERS ? null : readEvent(text.slice(start, end));
      if (event !== null) this.#platformEvent(event, wrapper, wrapper);
    } else {
      this.#prefixed(text, start, end, wrapper);
    }
  }

  #prefixed(text: string, start: number, end: number, wrapper: Wrapper): void {
    if (wrapper === RAW && text.startsWith('"', start) && this.#jsonText(text, start, end)) return;
    const prefix = skipLinePrefix(text, start, end);
    if (prefix !== null && this.#behindPrefix(text, end, prefix, wrapper)) return;
    if (wrapper !== RAW || this.#rawSeen) return;
    const cells = readTableCells(text.slice(start, Math.min(end, start + MAX_LINE_CHARACTERS)));
    if (cells === null) this.#foreign(text, start, end);
    else for (const cell of cells) this.#message(cell, '');
  }

  /** Reads a message that stands on its line as a text in JSON, as `--query 'events[-1].message'` prints. */
  #jsonText(text: string, start: number, end: number): boolean {
    if (end - start > MAX_LINE_CHARACTERS) return false;
    let value: unknown;
    try {
      value = JSON.parse(text.slice(start, end));
    } catch {
      return false;
    }
    if (typeof value === 'string') this.entry({ kind: 'message', message: value, stream: '' });
    return typeof value === 'string';
  }

  /** Reads what stands behind a prefix; `false` where that is nothing of the platform's. */
  #behindPrefix(text: string, end: number, prefix: LinePrefix, wrapper: Wrapper): boolean {
    const { bodyStart, stream, column } = prefix;
    if (text.charCodeAt(bodyStart) === 123 && wrapper === RAW) {
      return this.#jsonBehindPrefix(text, end, prefix);
    }
    const bodyEnd = endOfColumn(text, bodyStart, end, column);
    const timedOut = prefix.timestamp ? readTimedOutLine(text, bodyStart, bodyEnd) : null;
    const line = timedOut ?? (wrapper === RAW ? readPlatformLine(text, bodyStart, bodyEnd) : null);
    if (line === null) return false;
    const goesOn = column === 'quoted' && bodyEnd === end;
    this.#platformLine(line, wrapper, wrapper ?? stream, goesOn ? 'quoted' : null);
    return true;
  }

  #jsonBehindPrefix(
    text: string,
    end: number,
    { bodyStart, stream }: LinePrefix,
    wrapper: Wrapper = RAW,
  ): boolean {
    if (end - bodyStart > MAX_LINE_CHARACTERS) return false;
    const body = text.slice(bodyStart, end);
    const json = body.slice(0, body.lastIndexOf('}') + 1);
    // In CSV every quote is doubled.
    const event = readEvent(json.startsWith('{""') ? json.replaceAll('""', '"') : json);
    if (event !== null) this.#platformEvent(event, wrapper, stream);
    return event !== null;
  }

  /** A tool's own prefix is believed once a START or an END stood behind it, or where it says so itself. */
  #foreign(text: string, start: number, end: number): void {
    const found = findForeignLine(text, start, end);
    if (found === null) return;
    const known = this.#foreignShape === found.shape;
    if (!known && (this.#foreignShape !== null || !(found.edge || found.marked))) return;
    if (this.#foreignLine(found.text)) this.#foreignShape = found.shape;
  }

  #foreignLine(text: string): boolean {
    if (text.startsWith('{')) return this.#jsonBehindPrefix(text, text.length, NO_PREFIX, '');
    const prefix = skipLinePrefix(text, 0, text.length);
    const line =
      readPlatformLine(text, 0, text.length) ??
      (prefix && readTimedOutLine(text, prefix.bodyStart, text.length));
    if (line !== null) this.#platformLine(line, '', '', null);
    return line !== null;
  }

  #platformEvent(event: PlatformEvent, wrapper: Wrapper, stream: string): void {
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

  #platformLine(
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

  /** Whether a line was the next part of the open report; counts it where it was not. */
  #growsReport(text: string, start: number, end: number): boolean {
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

function isManaged(text: string, start: number, length: number): boolean {
  return isManagedLine(length, text.charCodeAt(start + 10), text.charCodeAt(start + 24));
}

/**
 * Tells where a document begins whose `{` ends a line, behind nothing but timestamps and log streams: tools
 * that print an event over several lines put these before the first of them. `null` for all other lines.
 */
function openingBehindPrefix(text: string, start: number, end: number): number | null {
  if (!mayBeginDocumentAtEnd(text.charCodeAt(end - 1), text.charCodeAt(end - 2))) return null;
  const prefix = skipLinePrefix(text, start, end);
  if (prefix === null || !(prefix.timestamp || prefix.stream !== '')) return null;
  const isLast = text.slice(prefix.bodyStart, end).trimEnd() === '{';
  return isLast ? prefix.bodyStart : null;
}

/** Tells what a JSON document holds that is one line; `null` where it is none, or not whole. */
function readDocument(json: string): readonly LogEntry[] | null {
  const object = parseObject(json);
  const event = object && readPlatformEvent(object);
  if (event !== null) return [{ kind: 'platform', event }];
  // Most are other events of the platform. Only in a document with lists is there more to look for.
  if (object !== null && !holdsLists(object)) return readEntries(object);
  const entries: LogEntry[] = [];
  const ended = new JsonDocument((entry) => entries.push(entry)).push(json, 0);
  return ended?.kind === 'closed' && json.slice(ended.position).trim() === '' ? entries : null;
}

function readEvent(json: string): PlatformEvent | null {
  const object = parseObject(json);
  return object && readPlatformEvent(object);
}
