import type { Output } from './output.ts';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_TO_LINE_END = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** Back to the first column of a block whose last line the cursor stands on. */
function toStart(lineCount: number): string {
  return lineCount > 1 ? `\r\u001b[${lineCount - 1}A` : '\r';
}

/**
 * A few lines at the end of the terminal that are written over and over. Every change is one write, and
 * a line is overwritten before what was behind it is cleared: so nothing flickers.
 */
export class LiveBlock {
  readonly #output: Output;
  #lines: readonly string[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Shows these lines instead of the last ones. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.#lines.length && lines.every((line, i) => line === this.#lines[i])) {
      return;
    }
    this.#write('', lines);
  }

  /** Writes a line above the block, to stay. */
  print(line: string): void {
    this.#write(`${line}${CLEAR_TO_LINE_END}\n`, this.#lines);
  }

  /** Takes the block away and gives the cursor back. May be called again. */
  end(): void {
    if (this.#lines.length === 0) return;
    this.#output.write(`${toStart(this.#lines.length)}${CLEAR_BELOW}${SHOW_CURSOR}`);
    this.#lines = [];
  }

  #write(above: string, lines: readonly string[]): void {
    const start =
      this.#lines.length === 0
        ? lines.length > 0
          ? HIDE_CURSOR
          : ''
        : toStart(this.#lines.length);
    const body = lines.map((line) => line + CLEAR_TO_LINE_END).join('\n');
    const rest = this.#lines.length > 0 ? CLEAR_BELOW : '';
    this.#output.write(`${start}${above}${body}${rest}`);
    this.#lines = lines;
  }
}
