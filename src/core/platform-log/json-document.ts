import { CODE, endOfPlain, LITERAL, SPACE } from './json-characters.ts';
import { type LogEntry, mayHoldEntry, readEntries } from './log-entry.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import type { JsonObject } from './platform-event.ts';

const MAX_DEPTH = 1000;
/** What CloudWatch and its tools put around the events of a document. */
const AROUND: ReadonlySet<string> = new Set([
  ...['$metadata', 'ResponseMetadata', 'nextToken', 'nextForwardToken', 'nextBackwardToken'],
  ...[
    'searchedLogStreams',
    'queryLanguage',
    'statistics',
    'status',
    'encryptionKey',
    'messageType',
  ],
  ...['owner', 'logGroup', 'logStream', 'subscriptionFilters', 'events', 'logEvents', 'results'],
]);
const LISTS: ReadonlySet<string> = new Set(['events', 'logEvents', 'results']);
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

/** A list or an object that is open. */
interface Frame {
  readonly list: boolean;
  /** A list whose elements are entries: the document itself, or one that CloudWatch puts its events in. */
  readonly holdsEntries: boolean;
  /** Where a candidate for an entry begins, counted from the document's beginning; `null` for all others. */
  start: number | null;
  /** Whether nothing but CloudWatch's own keys has come so far; an object's only. */
  around: boolean;
  key: string;
}

/** Tells whether an object may be what CloudWatch puts around its events. */
export function holdsLists(object: JsonObject): boolean {
  return Object.keys(object).some((key) => LISTS.has(key));
}

/**
 * How a document ended, and the text that follows it from `position` on. One that is broken was no JSON
 * after all: the text begins with the line that told so, or in the middle of it where that is too long.
 */
export interface DocumentEnd {
  readonly kind: 'closed' | 'broken' | 'broken-in-mid-line';
  /** The same string as the piece, unless the end lies in an earlier one. */
  readonly text: string;
  readonly position: number;
}

/**
 * Finds log entries in one JSON document that comes in pieces and may be of any size: the document
 * itself, the elements of a list, and those of the lists in which CloudWatch returns events. Nothing
 * deeper is looked at, because an application may have logged there what it was sent. Holds one entry
 * and one line at a time.
 */
export class JsonDocument {
  readonly #onEntry: (entry: LogEntry) => void;
  readonly #open: Frame[] = [];
  #expected: Expected = 'value';
  #string: { readonly start: number; escaped: boolean } | null = null;
  /** Text that is still needed, and where it begins. */
  #kept = '';
  #keptFrom = 0;
  #lineStart = 0;

  constructor(onEntry: (entry: LogEntry) => void) {
    this.#onEntry = onEntry;
  }

  /**
   * Reads a piece from `from` on.
   *
   * @returns `null` as long as the document goes on
   */
  push(piece: string, from: number): DocumentEnd | null {
    const kept = this.#kept.length;
    const text = kept === 0 ? piece : this.#kept + piece.slice(from);
    const base = kept === 0 ? this.#keptFrom - from : this.#keptFrom;
    for (let index = kept === 0 ? from : kept; index < text.length; index += 1) {
      // Most of a document is the inside of strings, and blanks before its lines.
      if (this.#string === null) {
        if (text.charCodeAt(index) === CODE.space) continue;
      } else if (!this.#string.escaped) {
        index = endOfPlain(text, index);
        if (index === text.length) break;
      }
      const step = this.#step(text, base, index);
      if (step === 'closed') return { kind: 'closed', text, position: index + 1 };
      if (step === 'broken') {
        const lineStart = this.#lineStart - base;
        return lineStart < 0
          ? { kind: 'broken-in-mid-line', text, position: index }
          : { kind: 'broken', text, position: lineStart };
      }
    }
    this.#keep(text, base);
    return null;
  }

  #step(text: string, base: number, index: number): 'on' | 'closed' | 'broken' {
    const code = text.charCodeAt(index);
    if (this.#string !== null) return this.#inString(code, text, base, index);
    if (code === CODE.lineFeed) this.#lineStart = base + index + 1;
    if (SPACE[code] === 1) return 'on';
    const expected = this.#expected;
    switch (code) {
      case CODE.quote:
        if (expected === 'colon' || expected === 'comma-or-end') return 'broken';
        this.#string = { start: base + index, escaped: false };
        return 'on';
      case CODE.open:
      case CODE.openList:
        if (expected !== 'value' && expected !== 'value-or-end') return 'broken';
        return this.#openFrame(code === CODE.openList, base + index);
      case CODE.close:
      case CODE.closeList:
        return this.#closeFrame(code === CODE.closeList, text, base, index);
      case CODE.colon:
        if (expected !== 'colon') return 'broken';
        this.#expected = 'value';
        return 'on';
      case CODE.comma:
        if (expected !== 'comma-or-end') return 'broken';
        this.#expected = this.#open.at(-1)?.list === true ? 'value' : 'key';
        return 'on';
      default:
        return this.#literal(code, text.charCodeAt(index - 1));
    }
  }

  /** Numbers, `true`, `false` and `null`, which are told from other words by their letters only. */
  #literal(code: number, before: number): 'on' | 'broken' {
    if (LITERAL[code] !== 1) return 'broken';
    const begins = this.#expected === 'value' || this.#expected === 'value-or-end';
    if (!begins && !(this.#expected === 'comma-or-end' && LITERAL[before] === 1)) return 'broken';
    this.#expected = 'comma-or-end';
    return 'on';
  }

  #inString(code: number, text: string, base: number, index: number): 'on' | 'closed' | 'broken' {
    const string = this.#string;
    if (string === null || code === CODE.lineFeed) return 'broken';
    if (string.escaped) string.escaped = false;
    else if (code === CODE.backslash) string.escaped = true;
    else if (code === CODE.quote) {
      this.#string = null;
      return this.#endString(string.start, text, base, index);
    }
    return 'on';
  }

  #endString(start: number, text: string, base: number, index: number): 'on' | 'closed' {
    const frame = this.#open.at(-1);
    if (frame !== undefined && (this.#expected === 'key' || this.#expected === 'key-or-end')) {
      frame.key = start < base ? '' : text.slice(start - base + 1, index);
      frame.around &&= AROUND.has(frame.key);
      this.#expected = 'colon';
      return 'on';
    }
    this.#expected = 'comma-or-end';
    if (frame === undefined || frame.holdsEntries) this.#candidate(start, text, base, index);
    return frame === undefined ? 'closed' : 'on';
  }

  #openFrame(list: boolean, start: number): 'on' | 'broken' {
    if (this.#open.length === MAX_DEPTH) return 'broken';
    const parent = this.#open.at(-1);
    const candidate = parent === undefined || parent.holdsEntries;
    const inAround = parent?.list === false && parent.around && LISTS.has(parent.key);
    const wraps = inAround && (this.#open.length === 1 || this.#open.at(-2)?.holdsEntries === true);
    const holdsEntries = list && (parent === undefined || wraps);
    // What holds entries is none itself, and may be too long to be kept.
    if (holdsEntries && parent !== undefined) parent.start = null;
    this.#open.push({
      list,
      holdsEntries,
      start: candidate && !holdsEntries ? start : null,
      around: true,
      key: '',
    });
    this.#expected = list ? 'value-or-end' : 'key-or-end';
    return 'on';
  }

  #closeFrame(
    list: boolean,
    text: string,
    base: number,
    index: number,
  ): 'on' | 'closed' | 'broken' {
    const frame = this.#open.at(-1);
    const mayEnd: readonly Expected[] = ['comma-or-end', list ? 'value-or-end' : 'key-or-end'];
    if (frame?.list !== list || !mayEnd.includes(this.#expected)) return 'broken';
    this.#open.pop();
    this.#expected = 'comma-or-end';
    if (frame.start !== null) this.#candidate(frame.start, text, base, index);
    return this.#open.length === 0 ? 'closed' : 'on';
  }

  #candidate(start: number, text: string, base: number, index: number): void {
    if (start < base || base + index - start >= MAX_LINE_CHARACTERS) return;
    const json = text.slice(start - base, index + 1);
    if (!mayHoldEntry(json)) return;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return;
    }
    for (const entry of readEntries(value)) this.#onEntry(entry);
  }

  /** Keeps the line and the candidate that are not whole yet, as far as they are not too long. */
  #keep(text: string, base: number): void {
    const end = base + text.length;
    const starts = this.#open.map(({ start }) => start).filter((start) => start !== null);
    const needed = [this.#string?.start ?? end, this.#lineStart, ...starts].filter(
      (start) => start >= base && end - start <= MAX_LINE_CHARACTERS,
    );
    const from = Math.min(end - 1, ...needed);
    this.#kept = text.slice(from - base);
    this.#keptFrom = from;
  }
}
