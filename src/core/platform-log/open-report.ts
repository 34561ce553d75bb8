import { endOfColumn, type LinePrefix } from './export-prefix.ts';
import type { PlatformReport } from './platform-report.ts';
import { continueReport, type TextReport } from './report-text.ts';

/** A report waits for this many lines: the rest of it, X-Ray's line, and the old style's timeout. */
const LINES_AFTER_REPORT = 6;

/** A REPORT line of which more may follow. */
export class OpenReport {
  readonly stream: string;
  #text: TextReport;
  #linesLeft = LINES_AFTER_REPORT;
  /** The column of CSV that the report stands in, as long as its end has not come. */
  #column: LinePrefix['column'];

  constructor(text: TextReport, stream: string, column: LinePrefix['column']) {
    this.#text = text;
    this.stream = stream;
    this.#column = column;
  }

  get report(): PlatformReport {
    return this.#text.report;
  }

  /** Whether every line so far was a part of the report, so that the next one may be one, too. */
  get growing(): boolean {
    return this.#linesLeft === LINES_AFTER_REPORT;
  }

  /**
   * Whether the next line can be told from a part of the report by its first character: nothing is
   * missing, so that only certain words may follow.
   */
  get settled(): boolean {
    return this.#text.whole && this.#text.extraLines === 0 && this.#column === null;
  }

  /** Takes a line that is the next part of the report; `false` for all others. */
  grow(text: string, start: number, end: number): boolean {
    if (!this.growing) return false;
    const lineEnd = endOfColumn(text, start, end, this.#column);
    const longer = continueReport(this.#text, text, start, lineEnd);
    if (lineEnd < end) this.#column = null;
    if (longer === null) return false;
    this.#text = longer;
    return true;
  }

  /** The event that the report stands in has ended: what follows is of another event, and no part of it. */
  endEvent(): void {
    this.#linesLeft = Math.min(this.#linesLeft, LINES_AFTER_REPORT - 1);
  }

  /** Passes over lines that are no part of the report; `true` once it waits for no more. */
  passLines(count: number): boolean {
    this.#linesLeft -= count;
    return this.#linesLeft <= 0;
  }

  /**
   * Whether a report that follows is this one again, with its tabs made into blanks: a console shows a
   * row and its expanded text, and people copy both. Lambda prints the same bytes twice for a retry only.
   */
  isCopiedBy(other: TextReport): boolean {
    if (this.#text.report.requestId !== other.report.requestId) return false;
    const mine = this.#text.text;
    if (mine.trim() === other.text.trim()) return false;
    return withBlanks(mine) === withBlanks(other.text);
  }
}

function withBlanks(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
