import { ExactReport } from './exact-report.ts';
import { bytesOf, type LogBytes, standsAt } from './log-bytes.ts';
import type { PlatformLine } from './platform-line.ts';
import { isSpace } from './scan.ts';

const CODE = {
  E: 69,
  R: 82,
  S: 83,
  T: 84,
  Z: 90,
  space: 32,
  dash: 45,
  zero: 48,
  nine: 57,
} as const;
const START = bytesOf('START RequestId: ');
const END = bytesOf('END RequestId: ');
const REPORT = bytesOf('REPORT RequestId: ');
const EVENT = bytesOf('{"time":"');
const START_EVENT = bytesOf('","type":"platform.start","record":{"requestId":"');
const VERSION = bytesOf('","version":"');
const EVENT_END = bytesOf('"}}');
const TIME_LENGTH = 24;
const ID_LENGTH = 36;
/** `2024-03-04T17:22:38.033Z `, which an export to S3 puts before every line. */
const STAMP_LENGTH = 25;

/** The line with which an invocation begins in a JSON log. */
export interface StartEvent {
  readonly kind: 'start-event';
  readonly requestId: string;
}

/**
 * Reads START, END and REPORT from the bytes of a line where they have the very form that nearly all of
 * them have; all others are left to the reader of text, which says the same of these.
 */
export class ExactLines {
  readonly #report: ExactReport;
  /** The request of the line before, which nearly always is that of the next one. */
  #requestId = '';

  /** @param reportWaits whether a report is open, whose text a second one is compared with */
  constructor(reportWaits: () => boolean) {
    this.#report = new ExactReport(reportWaits);
  }

  /** @returns `null` for every other line */
  read(bytes: LogBytes, start: number, end: number): PlatformLine | null {
    const first = bytes[start] ?? 0;
    const body = first >= CODE.zero && first <= CODE.nine ? behindStamp(bytes, start) : start;
    switch (bytes[body]) {
      case CODE.S:
        return this.#edge('start', START, bytes, body, end);
      case CODE.E:
        return this.#edge('end', END, bytes, body, end);
      case CODE.R: {
        if (!standsAt(bytes, REPORT, body)) return null;
        const idStart = body + REPORT.length;
        const requestId = this.#id(bytes, idStart, end);
        if (requestId === null) return null;
        const report = this.#report.read(bytes, body, idStart + ID_LENGTH, end, requestId);
        return report && { kind: 'report', report };
      }
      default:
        return null;
    }
  }

  /** The same for the start of an invocation in a JSON log. */
  readStart(bytes: LogBytes, start: number, end: number): StartEvent | null {
    const wordsStart = start + EVENT.length + TIME_LENGTH;
    const idStart = wordsStart + START_EVENT.length;
    const versionStart = idStart + ID_LENGTH;
    if (versionStart > end || !standsAt(bytes, START_EVENT, wordsStart)) return null;
    if (!standsAt(bytes, EVENT, start) || !standsAt(bytes, VERSION, versionStart)) return null;
    if (!isPlain(bytes, start + EVENT.length, wordsStart)) return null;
    if (!isPlain(bytes, idStart, versionStart)) return null;
    let versionEnd = versionStart + VERSION.length;
    while (versionEnd < end && bytes[versionEnd] !== EVENT_END[0]) versionEnd += 1;
    if (!isPlain(bytes, versionStart + VERSION.length, versionEnd)) return null;
    if (!standsAt(bytes, EVENT_END, versionEnd) || versionEnd + EVENT_END.length !== end)
      return null;
    return { kind: 'start-event', requestId: this.#copyOf(bytes, idStart) };
  }

  #edge(
    kind: 'start' | 'end',
    words: Uint8Array,
    bytes: LogBytes,
    start: number,
    end: number,
  ): PlatformLine | null {
    if (!standsAt(bytes, words, start)) return null;
    const requestId = this.#id(bytes, start + words.length, end);
    return requestId === null ? null : { kind, requestId };
  }

  /** The request id that begins at `start`; `null` where it is longer or shorter than all of them are. */
  #id(bytes: LogBytes, start: number, end: number): string | null {
    const idEnd = start + ID_LENGTH;
    if (idEnd > end || (idEnd < end && !isSpace(bytes[idEnd] ?? 0))) return null;
    for (let position = start; position < idEnd; position += 1) {
      if ((bytes[position] ?? 0) <= CODE.space) return null;
    }
    return this.#copyOf(bytes, start);
  }

  #copyOf(bytes: LogBytes, start: number): string {
    const before = this.#requestId;
    let position = 0;
    while (position < before.length && bytes[start + position] === before.charCodeAt(position)) {
      position += 1;
    }
    if (position < ID_LENGTH) {
      this.#requestId = bytes.toString('latin1', start, start + ID_LENGTH);
    }
    return this.#requestId;
  }
}

/** Tells whether nothing stands there but letters, digits and signs that JSON writes as they are. */
function isPlain(bytes: LogBytes, start: number, end: number): boolean {
  for (let position = start; position < end; position += 1) {
    const code = bytes[position] ?? 0;
    if (code <= CODE.space || code > 122 || code === 34 || code === 92) return false;
  }
  return true;
}

/**
 * Tells where a line's own text begins, behind a timestamp of an export; the line's start where there is
 * none.
 */
function behindStamp(bytes: LogBytes, start: number): number {
  if (
    bytes[start + STAMP_LENGTH - 1] !== CODE.space ||
    bytes[start + STAMP_LENGTH - 2] !== CODE.Z
  ) {
    return start;
  }
  if (bytes[start + 10] !== CODE.T || bytes[start + 4] !== CODE.dash) return start;
  if (bytes[start + 7] !== CODE.dash) return start;
  for (let position = start; position < start + STAMP_LENGTH - 1; position += 1) {
    const code = bytes[position] ?? 0;
    // Digits, and the dashes, colons and letters between them: nothing that would end a word.
    if (code <= CODE.space || code === 44 || code === 34) return start;
  }
  for (const position of [0, 1, 2, 3, 5, 6]) {
    const code = bytes[start + position] ?? 0;
    if (code < CODE.zero || code > CODE.nine) return start;
  }
  return start + STAMP_LENGTH;
}
