import type { LogRecord } from './invocation-ledger.ts';
import { type CodeAt, isManagedLine, mayBeginDocument } from './line-kind.ts';
import { LineMentions } from './line-mentions.ts';
import type { PlatformLogReader } from './platform-log-reader.ts';

/** The bytes of a log, with what Node's `Buffer` can do with them. */
export interface LogBytes {
  readonly length: number;
  readonly [position: number]: number;
  readonly indexOf: (searched: string | number, from: number) => number;
  readonly toString: (encoding: 'latin1', start: number, end: number) => string;
}

const LINE_FEED = 10;
const ESCAPE = 27;
/** The first characters of START, END and REPORT. */
const KEYWORDS = ['STA', 'END', 'REP'].map((word) =>
  Array.from(word, (character) => character.charCodeAt(0)),
);

/**
 * Hands a log to a reader, and of its lines only those that can hold something: most lines of most logs
 * are an application's, and are passed over before any text is made of them. The reader finds the same as
 * if it had been given everything.
 */
export class ByteSearch {
  readonly #reader: PlatformLogReader;
  readonly #mentions = new LineMentions();

  constructor(reader: PlatformLogReader) {
    this.#reader = reader;
  }

  /** @param bytes of ASCII, or of an encoding that has all of ASCII as it is */
  push(bytes: LogBytes): readonly LogRecord[] {
    // Colours may stand before any line, and only the reader knows how to take them away.
    if (bytes.indexOf(ESCAPE, 0) >= 0) return this.#read(bytes, 0, bytes.length);
    this.#mentions.of(bytes);
    const codeAt: CodeAt = (position) => bytes[position] ?? -1;
    const records: LogRecord[] = [];
    let position = 0;
    let skipped = 0;
    while (position < bytes.length) {
      const end = this.#endOfLines(bytes, position, codeAt);
      if (end > position || this.#reader.wantsNextLine) {
        if (skipped > 0) this.#reader.skipLines(skipped);
        skipped = 0;
        const readTo = Math.max(end, endOfLine(bytes, position));
        records.push(...this.#read(bytes, position, readTo));
        position = readTo;
      } else {
        skipped += 1;
        position = endOfLine(bytes, position);
      }
    }
    if (skipped > 0) this.#reader.skipLines(skipped);
    return records;
  }

  /** Where the lines end that follow each other from `start` on and must be read. */
  #endOfLines(bytes: LogBytes, start: number, codeAt: CodeAt): number {
    if (!this.#reader.readsLines) return bytes.length;
    let position = start;
    while (position < bytes.length) {
      const end = bytes.indexOf(LINE_FEED, position) + 1;
      // A line that goes on in the next piece is judged when it is whole.
      if (end === 0) return bytes.length;
      if (!this.#matters(position, end - 1, codeAt)) break;
      position = end;
    }
    return position;
  }

  #matters(start: number, end: number, codeAt: CodeAt): boolean {
    if (mayBeginDocument(codeAt, start, end) || mayBeginKeyword(codeAt, start)) return true;
    return !isManagedLine(codeAt, start) && this.#mentions.in(start, end);
  }

  #read(bytes: LogBytes, start: number, end: number): readonly LogRecord[] {
    return this.#reader.push(bytes.toString('latin1', start, end));
  }
}

/** Whether a line may begin with START, END or REPORT; three characters are enough to save a search. */
function mayBeginKeyword(codeAt: CodeAt, start: number): boolean {
  return KEYWORDS.some(
    ([first, second, third]) =>
      codeAt(start) === first && codeAt(start + 1) === second && codeAt(start + 2) === third,
  );
}

function endOfLine(bytes: LogBytes, start: number): number {
  const end = bytes.indexOf(LINE_FEED, start);
  return end < 0 ? bytes.length : end + 1;
}
