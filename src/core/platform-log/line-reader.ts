import { findForeignLine, type ForeignLine } from './tool-prefix.ts';
import type { LogRecord } from './invocation-ledger.ts';
import { InvocationsInOrder, RAW, type Wrapper } from './invocations-in-order.ts';
import { type LogEntry, mayHoldEntry } from './log-entry.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import { mayBeginDocument, mayEndDocument } from './line-kind.ts';
import { LINE_NEEDLES, LineMentions } from './line-mentions.ts';
import { endOfColumn, type LinePrefix, skipLinePrefix } from './export-prefix.ts';
import type { PlatformEvent } from './platform-event.ts';
import { readPlatformLine, readTimedOutLine, type PlatformLine } from './platform-line.ts';
import { endOfLine } from './scan.ts';
import { readTableCells } from './table-cells.ts';
import { isManaged, openingBehindPrefix, readDocument, readEvent } from './line-document.ts';

const NO_PREFIX: LinePrefix = { bodyStart: 0, timestamp: false, stream: '', column: null };

/** No document begins in the lines that were read. */
export const NO_DOCUMENT = -1;

/** Reads the lines of one log in order and has the ledger put the invocations together. */
export class LineReader {
  readonly #invocations = new InvocationsInOrder();
  readonly #mentions = new LineMentions();
  /** What stands before the platform's lines, where a tool has put something of its own there. */
  #foreignShape: string | null = null;
  /** An INIT_REPORT comes ahead of the START by which what stands before both is believed. */
  #foreignInit: ForeignLine | null = null;

  get leftOut(): number {
    return this.#invocations.leftOut;
  }

  get copies(): number {
    return this.#invocations.copies;
  }

  /** Whether the next line must be read, whatever it holds: it may be a part of a report. */
  get wantsNextLine(): boolean {
    return this.#invocations.growsReport && !this.#invocations.reportSettled;
  }

  /** Whether the next line must be read where its first character may begin a part of a report. */
  get reportOpen(): boolean {
    return this.#invocations.growsReport;
  }

  get reportWaits(): boolean {
    return this.#invocations.reportWaits;
  }

  take(): readonly LogRecord[] {
    return this.#invocations.take();
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
      if (!this.#invocations.growReport(text, position, lineEnd)) {
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
    this.#invocations.takeLine(line, RAW, '', null);
  }

  event(event: PlatformEvent): void {
    this.skipLines(1);
    this.#invocations.takeEvent(event, RAW, '');
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
    this.#invocations.passLines(count);
  }

  /** Takes what an export or a query holds. */
  entry(entry: LogEntry): void {
    if (entry.kind === 'platform') {
      this.#invocations.takeEvent(entry.event, RAW, '');
      return;
    }
    // Among the platform's own lines, an event in a wrapper is one that an application printed.
    if (this.#invocations.rawSeen) return;
    if (entry.kind === 'message') this.#message(entry.message, entry.stream);
    else if (entry.kind === 'row') this.#invocations.takeRow(entry.report);
    else this.#invocations.takeEvent(entry.event, entry.stream, entry.stream);
  }

  finish(): void {
    this.#invocations.finish();
  }

  /** Reads the message of one log event, which no export has put anything before. */
  #message(text: string, stream: string): void {
    const mentions = LINE_NEEDLES.some((needle) => text.includes(needle));
    for (let position = 0; position < text.length;) {
      const lineEnd = endOfLine(text, position, text.length);
      if (!this.#invocations.growReport(text, position, lineEnd) && mentions) {
        this.#line(text, position, lineEnd, stream);
      }
      position = lineEnd + 1;
    }
    this.#invocations.endEvent();
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
      this.#invocations.takeLine(line, wrapper, wrapper ?? '', null);
    } else if (wrapper !== RAW && text.startsWith('{', start)) {
      const event = end - start > MAX_LINE_CHARACTERS ? null : readEvent(text.slice(start, end));
      if (event !== null) this.#invocations.takeEvent(event, wrapper, wrapper);
    } else {
      this.#prefixed(text, start, end, wrapper);
    }
  }

  #prefixed(text: string, start: number, end: number, wrapper: Wrapper): void {
    if (wrapper === RAW && text.startsWith('"', start) && this.#jsonText(text, start, end)) return;
    const prefix = skipLinePrefix(text, start, end);
    if (prefix !== null && this.#behindPrefix(text, end, prefix, wrapper)) return;
    if (wrapper !== RAW || this.#invocations.rawSeen) return;
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
    this.#invocations.takeLine(line, wrapper, wrapper ?? stream, goesOn ? 'quoted' : null);
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
    if (event !== null) this.#invocations.takeEvent(event, wrapper, stream);
    return event !== null;
  }

  /** A tool's own prefix is believed once a START or an END stood behind it, or where it says so itself. */
  #foreign(text: string, start: number, end: number): void {
    const found = findForeignLine(text, start, end);
    if (found === null) return;
    const known = this.#foreignShape === found.shape;
    if (!known && this.#foreignShape !== null) return;
    if (!known && !(found.edge || found.marked)) {
      if (found.text.startsWith('INIT_REPORT')) this.#foreignInit = found;
      return;
    }
    if (this.#foreignInit?.shape === found.shape) this.#foreignLine(this.#foreignInit.text);
    this.#foreignInit = null;
    if (this.#foreignLine(found.text)) this.#foreignShape = found.shape;
  }

  #foreignLine(text: string): boolean {
    if (text.startsWith('{')) return this.#jsonBehindPrefix(text, text.length, NO_PREFIX, '');
    const prefix = skipLinePrefix(text, 0, text.length);
    const line =
      readPlatformLine(text, 0, text.length) ??
      (prefix && readTimedOutLine(text, prefix.bodyStart, text.length));
    if (line !== null) this.#invocations.takeLine(line, '', '', null);
    return line !== null;
  }
}
