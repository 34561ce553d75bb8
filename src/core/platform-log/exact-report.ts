import { bytesOf, type LogBytes, standsAt } from './log-bytes.ts';
import type { PlatformReport } from './platform-report.ts';
import type { TextReport } from './report-text.ts';
import { isSpace } from './scan.ts';

const CODE = { point: 46, zero: 48, nine: 57 } as const;
const DURATION = bytesOf('Duration: ');
const BILLED = bytesOf('Billed Duration: ');
const MEMORY_SIZE = bytesOf('Memory Size: ');
const MEMORY_USED = bytesOf('Max Memory Used: ');
const INIT = bytesOf('Init Duration: ');
const NEXT = bytesOf('START RequestId: ');
const MS = bytesOf(' ms');
const MB = bytesOf(' MB');
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;
/** With so many digits both parts of a decimal are exact, and one division rounds as a literal does. */
const MAX_DIGITS = 15;
const SPACE = 32;

/**
 * Reads the fields of a REPORT line from its bytes where they are what nearly every line has: the four
 * of every report in Lambda's order, with an init or without, and nothing else. Text is not made of them.
 */
export class ExactReport {
  readonly #reportWaits: () => boolean;
  #position = 0;
  #end = 0;

  constructor(reportWaits: () => boolean) {
    this.#reportWaits = reportWaits;
  }

  /**
   * @param start of the line, and `fieldsStart` right behind its request id
   * @returns `null` for every other line, which may be a report all the same
   */
  read(
    bytes: LogBytes,
    start: number,
    fieldsStart: number,
    end: number,
    requestId: string,
  ): TextReport | null {
    this.#position = fieldsStart;
    this.#end = end;
    const durationMs = this.#field(bytes, DURATION, MS);
    if (durationMs < 0) return null;
    const billedMs = this.#field(bytes, BILLED, MS);
    if (billedMs < 0) return null;
    const memorySizeMb = this.#field(bytes, MEMORY_SIZE, MB);
    if (memorySizeMb < 0) return null;
    const maxMemoryUsedMb = this.#field(bytes, MEMORY_USED, MB);
    if (maxMemoryUsedMb < 0) return null;
    this.#skipSpace(bytes);
    const initMs = this.#position < end ? this.#field(bytes, INIT, MS) : null;
    if (initMs !== null) {
      if (initMs < 0) return null;
      this.#skipSpace(bytes);
    }
    if (this.#position < end) return null;
    const report: PlatformReport = {
      requestId,
      durationMs,
      billedMs,
      initMs,
      restoreMs: null,
      billedRestoreMs: null,
      memorySizeMb,
      maxMemoryUsedMb,
      status: null,
      errorType: null,
    };
    return {
      report,
      text: this.#needsText(bytes, end + 1) ? bytes.toString('latin1', start, end) : '',
      fieldCount: initMs === null ? 4 : 5,
      strays: 0,
      unfinished: false,
      whole: true,
      extraLines: 0,
    };
  }

  /** Nothing asks for the text of a report that a START follows at once, unless another one is open. */
  #needsText(bytes: LogBytes, next: number): boolean {
    if (this.#reportWaits() || !standsAt(bytes, NEXT, next)) return true;
    return isSpace(bytes[next + NEXT.length] ?? SPACE);
  }

  /** Reads one field; -1 where another one stands there, or another form of it. */
  #field(bytes: LogBytes, name: Uint8Array, unit: Uint8Array): number {
    this.#skipSpace(bytes);
    if (!standsAt(bytes, name, this.#position)) return -1;
    const start = this.#position + name.length;
    let position = start;
    let mantissa = 0;
    let point = -1;
    for (;;) {
      const code = bytes[position] ?? 0;
      if (code >= CODE.zero && code <= CODE.nine) mantissa = mantissa * 10 + (code - CODE.zero);
      else if (code === CODE.point && point < 0) point = position;
      else break;
      position += 1;
    }
    const decimals = point < 0 ? 0 : position - point - 1;
    const power = POWERS[decimals];
    if (position === start || position - start > MAX_DIGITS || power === undefined) return -1;
    if (point === start || point === position - 1 || !standsAt(bytes, unit, position)) return -1;
    position += unit.length;
    if (position > this.#end || (position < this.#end && !isSpace(bytes[position] ?? 0))) return -1;
    this.#position = position;
    return mantissa / power;
  }

  #skipSpace(bytes: LogBytes): void {
    while (this.#position < this.#end && isSpace(bytes[this.#position] ?? 0)) this.#position += 1;
  }
}
