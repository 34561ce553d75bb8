/** CloudWatch takes no event above 1 MiB. */
export const MAX_LINE_CHARACTERS = 2 ** 20;

/** Whole lines in `text`, from `start` to the line feed (or the end of the log) at `end`. */
export type OnLines = (text: string, start: number, end: number) => void;

/**
 * Cuts chunks at line feeds and hands on many lines at once, so that no string is made for each.
 * Holds at most one unfinished line; of one that grows too long only the end is still looked for.
 */
export class LineSplitter {
  readonly #onLines: OnLines;
  #rest = '';
  #skipping = false;

  constructor(onLines: OnLines) {
    this.#onLines = onLines;
  }

  push(chunk: string): void {
    const first = chunk.indexOf('\n');
    if (first < 0) {
      this.#keep(this.#rest + chunk);
      return;
    }
    let start = 0;
    if (this.#skipping || this.#rest !== '') {
      const line = this.#rest + chunk.slice(0, first);
      if (!this.#skipping) this.#onLines(line, 0, line.length);
      start = first + 1;
    }
    this.#skipping = false;
    const last = chunk.lastIndexOf('\n');
    if (last >= start) this.#onLines(chunk, start, last);
    this.#keep(chunk.slice(last + 1));
  }

  /** The last line may have no line feed. */
  end(): void {
    const line = this.#rest;
    this.#rest = '';
    this.#skipping = false;
    if (line !== '') this.#onLines(line, 0, line.length);
  }

  #keep(rest: string): void {
    if (rest.length > MAX_LINE_CHARACTERS) this.#skipping = true;
    this.#rest = this.#skipping ? '' : rest;
  }
}
