import { ExactLines, type StartEvent } from './exact-lines.ts';
import type { LogRecord } from './invocation-ledger.ts';
import type { LogBytes } from './log-bytes.ts';
import { DOCUMENT_NEEDLES } from './log-entry.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import {
  isManagedLine,
  mayBeginDocument,
  mayBeginDocumentAtEnd,
  mayEndDocument,
} from './line-kind.ts';
import { NeedleSearch } from './needle-search.ts';
import type { PlatformLine } from './platform-line.ts';
import type { PlatformLogReader } from './platform-log-reader.ts';
import { mayBeginMore } from './report-text.ts';

const LINE_FEED = 10;
const ESCAPE = 27;
/** Text is made in pieces of this size: longer strings are not short-lived for V8, and cost more to collect. */
const TEXT_BYTES = 64 * 1024;

type Line = PlatformLine | StartEvent | 'document' | 'text' | 'nothing';

/**
 * Hands a log to a reader, and of its lines only those that can hold something: most lines of most logs
 * are an application's, and are passed over before any text is made of them. Of the platform's own lines
 * nearly all have the very same form and are read from their bytes. The reader finds the same as if it
 * had been given everything as text.
 */
export class ByteSearch {
  readonly #reader: PlatformLogReader;
  readonly #exact: ExactLines;
  readonly #needles = new NeedleSearch(DOCUMENT_NEEDLES);
  /** Where the next needle stands in the present bytes, if it is not behind already. */
  #nextNeedle = -1;

  constructor(reader: PlatformLogReader) {
    this.#reader = reader;
    this.#exact = new ExactLines(() => reader.reportWaits);
  }

  /** @param bytes of ASCII, or of an encoding that has all of ASCII as it is */
  push(bytes: LogBytes): readonly LogRecord[] {
    this.#nextNeedle = -1;
    // Colours may stand before any line, and only the reader knows how to take them away.
    const coloured = bytes.indexOf(ESCAPE, 0) >= 0;
    let position = 0;
    while (position < bytes.length) {
      if (!coloured && !this.#reader.wantsNextLine) position = this.#passLines(bytes, position);
      const end = this.#endOfText(bytes, position, coloured);
      for (let start = position; start < end; start += TEXT_BYTES) {
        this.#reader.read(bytes.toString('latin1', start, Math.min(end, start + TEXT_BYTES)));
      }
      position = end;
    }
    return this.#reader.take();
  }

  /** Where to end that must be read as text from `start` on: one line, or everything. */
  #endOfText(bytes: LogBytes, start: number, coloured: boolean): number {
    const byLines = this.#reader.readsLines || this.#reader.atBeginning;
    const end = coloured || !byLines ? -1 : bytes.indexOf(LINE_FEED, start);
    return end < 0 ? bytes.length : end + 1;
  }

  /** Goes on to the next line that must be read as text, or that is not whole. */
  #passLines(bytes: LogBytes, from: number): number {
    const reader = this.#reader;
    let reportOpen = reader.reportOpen;
    let skipped = 0;
    let position = from;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, position);
      // A line that goes on in the next piece is judged when it is whole.
      if (end < 0) break;
      const line = this.#lookAt(bytes, position, end, reportOpen);
      if (line === 'text') break;
      if (line === 'nothing') {
        skipped += 1;
        reportOpen = false;
        position = end + 1;
        continue;
      }
      if (skipped > 0) reader.skipLines(skipped);
      skipped = 0;
      if (line === 'document') {
        if (!reader.document(bytes.toString('latin1', position, end))) break;
        reportOpen = reader.reportOpen;
      } else {
        if (line.kind === 'start-event') reader.event({ kind: 'start', requestId: line.requestId });
        else reader.line(line);
        reportOpen = line.kind === 'report';
      }
      position = end + 1;
      if (line === 'document' && reader.wantsNextLine) break;
    }
    if (skipped > 0) reader.skipLines(skipped);
    return position;
  }

  /** What a line is: one of the platform, a JSON document, nothing, or to be read as text. */
  #lookAt(bytes: LogBytes, start: number, end: number, reportOpen: boolean): Line {
    const first = bytes[start];
    if (reportOpen && mayBeginMore(first)) return this.#exact.read(bytes, start, end) ?? 'text';
    const length = end - start;
    if (mayBeginDocument(length, first, bytes[start + 1])) {
      const event = this.#exact.readStart(bytes, start, end);
      if (event !== null) return event;
      const whole = mayEndDocument((position) => bytes[position] ?? -1, start, end);
      if (!whole || length > MAX_LINE_CHARACTERS) return 'text';
      return this.#mentions(bytes, start, end) ? 'document' : 'nothing';
    }
    if (isManagedLine(length, bytes[start + 10], bytes[start + 24], bytes[start + 25])) {
      return 'nothing';
    }
    const line = this.#exact.read(bytes, start, end);
    if (line !== null) return line;
    if (mayBeginDocumentAtEnd(bytes[end - 1], bytes[end - 2])) return 'text';
    return this.#mentions(bytes, start, end) ? 'text' : 'nothing';
  }

  /** Whether a line holds one of the words without which it means nothing; lines come in order. */
  #mentions(bytes: LogBytes, start: number, end: number): boolean {
    if (this.#nextNeedle < start) this.#nextNeedle = this.#needles.next(bytes, start);
    return this.#nextNeedle < end;
  }
}
