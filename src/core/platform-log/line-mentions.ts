/** The words that every line of the platform has one of, escaped inside of a JSON string or not. */
export const LINE_NEEDLES = [
  'RequestId:',
  '"platform.',
  'Task timed out after ',
  'INIT_REPORT ',
] as const;

/**
 * Tells which lines are worth reading, at the cost of one search for each word in the whole text: where
 * the next one is stays known until the lines have passed it.
 */
export class LineMentions {
  #text = '';
  readonly #next: number[] = LINE_NEEDLES.map(() => -1);

  /** Goes on in this text, or begins with another one. */
  of(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#next.fill(-1);
  }

  /** Whether the line from `start` to `end` has one; lines must come in order. */
  in(start: number, end: number): boolean {
    return LINE_NEEDLES.some((needle, index) => this.#nextOf(needle, index, start) < end);
  }

  #nextOf(needle: string, index: number, start: number): number {
    const known = this.#next[index] ?? -1;
    if (known >= start) return known;
    const found = this.#text.indexOf(needle, start);
    const next = found < 0 ? Infinity : found;
    this.#next[index] = next;
    return next;
  }
}
