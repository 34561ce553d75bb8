import { mostAnsweredAtOnce } from '../../core/measure/memory-room.ts';

/** What Lambda lets a function return. */
const LARGEST_BYTES = 6 * 2 ** 20;

/** The next answer may be larger than all before it. */
const MARGIN = 2;

/**
 * How many invocations may be under way at once whose answers are handed on, to or from a processor: as many
 * as there is memory for. Until the first answer is there, each may be as large as Lambda allows.
 */
export class AnswerRoom {
  readonly #memoryMb: number | null;
  #largestBytes: number | null = null;

  /** @param memoryMb of the function that holds the answers; `null` where nothing is held, or no function does */
  constructor(memoryMb: number | null) {
    this.#memoryMb = memoryMb;
  }

  /** What one invocation was sent and returned. */
  saw(...texts: readonly string[]): void {
    const bytes = texts.map((text) => Buffer.byteLength(text));
    this.#largestBytes = Math.max(this.#largestBytes ?? 0, ...bytes);
  }

  readonly most = (): number => {
    if (this.#memoryMb === null) return Infinity;
    const bytes = this.#largestBytes === null ? LARGEST_BYTES : MARGIN * this.#largestBytes;
    return mostAnsweredAtOnce(this.#memoryMb, Math.min(LARGEST_BYTES, bytes));
  };
}
