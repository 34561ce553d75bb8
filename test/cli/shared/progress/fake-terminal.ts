import type { Output, ProgressClock } from '../../../../src/cli/shared/progress/output.ts';

/** A terminal of one screen: what is written to it, as a person would see it. */
export class FakeTerminal implements Output {
  readonly isTTY: boolean;
  readonly columns: number;
  /** Everything written, one entry a write. */
  readonly writes: string[] = [];
  cursorVisible = true;
  #lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(options: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
    this.isTTY = options.isTTY ?? true;
    this.columns = options.columns ?? 80;
  }

  /** The screen, without spaces at the ends of lines and without empty lines at the end. */
  get screen(): string[] {
    const lines = this.#lines.map((line) => line.trimEnd());
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  readonly write = (text: string): void => {
    this.writes.push(text);
    // eslint-disable-next-line no-control-regex -- escape sequences are what a terminal reads
    for (const token of text.match(/\u001b\[\??\d*[a-zA-Z]|[\s\S]/gu) ?? []) this.#put(token);
  };

  #put(token: string): void {
    if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#newLine();
    else if (token.startsWith('\u001b[')) this.#control(token.slice(2));
    else this.#character(token);
  }

  #control(sequence: string): void {
    const count = Number(/\d+/.exec(sequence)?.[0] ?? '1');
    const current = this.#lines[this.#row] ?? '';
    switch (sequence.at(-1)) {
      case 'A':
        this.#row = Math.max(this.#row - count, 0);
        break;
      case 'K':
        this.#lines[this.#row] = current.slice(0, this.#column);
        break;
      case 'J':
        this.#lines[this.#row] = current.slice(0, this.#column);
        this.#lines.length = this.#row + 1;
        break;
      case 'l':
        this.cursorVisible = false;
        break;
      case 'h':
        this.cursorVisible = true;
        break;
      case 'm':
        break;
      default:
        throw new Error(`the terminal does not know ${JSON.stringify(sequence)}`);
    }
  }

  #character(character: string): void {
    // As real terminals do: a character beyond the last column goes to the next line.
    if (this.isTTY && this.#column === this.columns) this.#newLine();
    const line = (this.#lines[this.#row] ?? '').padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column += 1;
  }

  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    this.#lines[this.#row] ??= '';
  }
}

/** Time that passes when a test says so. */
export class FakeClock implements ProgressClock {
  #nowMs = 5000;
  readonly #ticks = new Set<() => void>();

  readonly now = (): number => this.#nowMs;

  readonly every = (_ms: number, tick: () => void): (() => void) => {
    this.#ticks.add(tick);
    return () => this.#ticks.delete(tick);
  };

  /** How many are waiting for the next tick. */
  get waiting(): number {
    return this.#ticks.size;
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const tick of this.#ticks) tick();
  }
}
