/**
 * Looks that many share: `ps` takes some milliseconds of a processor, which should not be spent once for
 * each of those who want to know the same thing at the same time.
 */
export class Looks<T> {
  readonly #look: () => Promise<T>;
  #underWay: Promise<unknown> | null = null;
  #next: Promise<T> | null = null;

  constructor(look: () => Promise<T>) {
    this.#look = look;
  }

  /** Returns what a look finds that begins after this call. */
  fresh(): Promise<T> {
    this.#next ??= this.#startNext();
    return this.#next;
  }

  async #startNext(): Promise<T> {
    // A look that is under way may have passed what is asked for already.
    await this.#underWay?.catch(() => undefined);
    this.#next = null;
    const look = this.#look();
    this.#underWay = look;
    try {
      return await look;
    } finally {
      if (this.#underWay === look) this.#underWay = null;
    }
  }
}
