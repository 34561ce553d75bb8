/** The words that every line of the platform has one of, escaped inside of a JSON string or not. */
const NEEDLES = ['"platform.', 'RequestId: ', 'Task timed out after ', 'INIT_REPORT '] as const;

/**
 * Tells which JSON lines are worth parsing, at the cost of one search for each word in the whole text:
 * where the next one is stays known until the lines have passed it.
 */
export class LineMentions {
  #text = '';
  #next: number[] = [];

  /** Whether the line from `start` to `end` has one; lines must come in order. */
  in(text: string, start: number, end: number): boolean {
    if (text !== this.#text) {
      this.#text = text;
      this.#next = NEEDLES.map(() => -1);
    }
    return NEEDLES.some((needle, index) => {
      let next = this.#next[index] ?? -1;
      if (next < start) {
        next = text.indexOf(needle, start);
        if (next < 0) next = Infinity;
        this.#next[index] = next;
      }
      return next < end;
    });
  }
}
