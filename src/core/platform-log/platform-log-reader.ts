import type { LogRecord } from './invocation-ledger.ts';
import { JsonDocument } from './json-document.ts';
import { mayBeginDocument } from './line-kind.ts';
import { LineReader, NO_DOCUMENT } from './line-reader.ts';
import { type LogLayout, layoutOf } from './first-line-layout.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import type { PlatformEvent } from './platform-event.ts';
import type { PlatformLine } from './platform-line.ts';
import { ColourStripper } from './strip-colours.ts';

/** The byte order mark, decoded from UTF-8 or byte by byte. */
const BYTE_ORDER_MARK = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/;
/** What PowerShell's Export-Csv and Excel put ahead of the names of a table's columns. */
const BEFORE_NAMES = /^((?:\uFEFF|\u00EF\u00BB\u00BF)?)(?:#TYPE |"?sep=)[^\n]*\n/;
/** The first line names the columns of a table; no table that anybody exports has a longer one. */
const MAX_HEAD_CHARACTERS = 4096;

/**
 * Reads a log of any size, in chunks cut anywhere, and returns the invocations that it holds a report
 * of, in the order in which their reports became certain. One reader a log.
 *
 * Understood are text and JSON logs, as Lambda writes them, with a tool's prefix on each line, in the
 * rows of a table, or inside of CloudWatch's JSON, YAML or CSV. Memory is bounded, whatever comes.
 *
 * Text may be decoded byte by byte (latin1), which is much faster than UTF-8: all that is looked for is
 * ASCII, and only an `errorType` can hold anything else.
 */
export class PlatformLogReader {
  readonly #reader = new LineReader();
  readonly #colours = new ColourStripper();
  /** The beginning of the log, until its first line is whole. */
  #head: string | null = '';
  #layout: LogLayout | null = null;
  #document: JsonDocument | null = null;
  /** The line that has begun. */
  #rest = '';
  /** Whether the line that has begun is too long to be anything. */
  #skipping = false;
  /** Whether the line that has begun is known to begin no document. */
  #restIsText = false;

  /** Lines that look like reports and were left out: nothing says that Lambda wrote them. */
  get leftOut(): number {
    return this.#reader.leftOut;
  }

  /** Reports that stand in the log more than once, and were counted once. */
  get copies(): number {
    return this.#reader.copies;
  }

  /** Whether the log is read by its lines now, so that a line which holds nothing may be skipped. */
  get readsLines(): boolean {
    return this.#head === null && this.#layout === null && this.#document === null;
  }

  /** Whether the log's first line is not whole yet, by which its layout is told. */
  get atBeginning(): boolean {
    return this.#head !== null;
  }

  /** Whether the next line must be handed over as text, whatever it holds. */
  get wantsNextLine(): boolean {
    if (!this.readsLines || this.#rest !== '' || this.#skipping) return true;
    return this.#colours.waits || this.#reader.wantsNextLine;
  }

  /** Whether a line that begins as the rest of a report does must be handed over as text. */
  get reportOpen(): boolean {
    return this.#reader.reportOpen;
  }

  /** Whether there is a report that lines which follow may change or repeat. */
  get reportWaits(): boolean {
    return this.#reader.reportWaits;
  }

  push(chunk: string): readonly LogRecord[] {
    this.read(chunk);
    return this.take();
  }

  /** Reads a chunk; what it completes is to be taken. */
  read(chunk: string): void {
    this.#push(this.#colours.push(chunk), false);
  }

  /** The invocations that were completed since they were last taken. */
  take(): readonly LogRecord[] {
    return this.#reader.take();
  }

  /** Takes a whole line of the platform that was read already; only where `wantsNextLine` is false. */
  line(line: PlatformLine): void {
    this.#reader.line(line);
  }

  /** The same for a line that is an event in JSON. */
  event(event: PlatformEvent): void {
    this.#reader.event(event);
  }

  /** Takes a line that may be a whole JSON document; `false` where it is none and was not taken. */
  document(json: string): boolean {
    return this.#reader.document(json);
  }

  /** Passes over whole lines that hold nothing; only between lines, and where `wantsNextLine` is false. */
  skipLines(count: number): void {
    this.#reader.skipLines(count);
  }

  /** The log is over: returns what was still waited for. */
  end(): readonly LogRecord[] {
    this.#push(this.#colours.end(), true);
    this.#layout?.end();
    if (this.#rest !== '' && this.#document === null) this.#lines('\n');
    this.#reader.finish();
    return this.#reader.take();
  }

  #push(text: string, last: boolean): void {
    if (this.#head !== null) {
      this.#head = (this.#head + text).replace(BEFORE_NAMES, '$1');
      const whole = this.#head.includes('\n') || this.#head.length > MAX_HEAD_CHARACTERS;
      if (!whole && !last) return;
      this.#begin(this.#head.replace(BYTE_ORDER_MARK, ''));
    } else if (this.#layout !== null) {
      this.#layout.push(text);
    } else {
      this.#lines(text);
    }
  }

  #begin(text: string): void {
    this.#head = null;
    const lineEnd = text.indexOf('\n');
    const firstLine = text.slice(0, lineEnd < 0 ? MAX_HEAD_CHARACTERS : lineEnd);
    this.#layout = layoutOf(firstLine, (entry) => {
      this.#reader.entry(entry);
    });
    if (this.#layout === null) this.#lines(text);
    else this.#layout.push(lineEnd < 0 ? '' : text.slice(lineEnd + 1));
  }

  /** Reads lines and documents, which may follow each other. */
  #lines(piece: string): void {
    let text = piece;
    let position = 0;
    for (;;) {
      if (this.#document !== null) {
        const ended = this.#document.push(text, position);
        if (ended === null) return;
        this.#document = null;
        ({ text, position } = ended);
        this.#skipping = ended.kind === 'broken-in-mid-line';
        this.#restIsText = ended.kind === 'broken';
      } else if (this.#rest !== '') {
        text = this.#rest + text;
        this.#rest = '';
      }
      position = this.#textLines(text, position);
      if (position === NO_DOCUMENT) return;
      this.#document = this.#newDocument();
    }
  }

  /** Reads lines up to a document; returns where that begins, or `NO_DOCUMENT`. */
  #textLines(text: string, from: number): number {
    let start = from;
    if (this.#skipping) {
      start = text.indexOf('\n', from) + 1;
      if (start === 0) return NO_DOCUMENT;
      this.#skipping = false;
    }
    const end = text.lastIndexOf('\n') + 1;
    if (end > start) {
      const document = this.#reader.lines(text, start, end, this.#restIsText);
      this.#restIsText = false;
      if (document !== NO_DOCUMENT) return document;
      start = end;
    }
    if (text.length - start <= MAX_LINE_CHARACTERS) {
      this.#rest = text.slice(start);
      return NO_DOCUMENT;
    }
    const mayOpen = !this.#restIsText;
    this.#restIsText = false;
    const first = text.charCodeAt(start);
    if (mayOpen && mayBeginDocument(text.length - start, first, text.charCodeAt(start + 1))) {
      return start;
    }
    this.#skipping = true;
    return NO_DOCUMENT;
  }

  #newDocument(): JsonDocument {
    return new JsonDocument((entry) => {
      this.#reader.entry(entry);
    });
  }
}
