/**
 * A map that forgets what was set long ago: it keeps the last `limit` entries at least, and twice as
 * many at most. Forgetting one at a time would look for the oldest in a map full of holes.
 *
 * What was set last stands apart from the rest, because that is what is asked for next: the lines of an
 * invocation follow each other, and comparing one key takes a fraction of the time of a map.
 */
export class RecentMap<Value> {
  readonly #limit: number;
  #lastKey: string | null = null;
  #last: Value | undefined;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True for a map that certainly holds nothing. */
  get empty(): boolean {
    return this.#lastKey === null && this.#young.size === 0 && this.#old.size === 0;
  }

  get(key: string): Value | undefined {
    if (key === this.#lastKey) return this.#last;
    const value = this.#young.size > 0 ? this.#young.get(key) : undefined;
    return value === undefined && this.#old.size > 0 ? this.#old.get(key) : value;
  }

  set(key: string, value: Value): void {
    if (key !== this.#lastKey) this.#putLastAway();
    this.#lastKey = key;
    this.#last = value;
  }

  delete(key: string): void {
    if (key === this.#lastKey) {
      this.#lastKey = null;
      this.#last = undefined;
    }
    if (this.#young.size > 0) this.#young.delete(key);
    if (this.#old.size > 0) this.#old.delete(key);
  }

  #putLastAway(): void {
    if (this.#lastKey === null || this.#last === undefined) return;
    this.#young.set(this.#lastKey, this.#last);
    if (this.#young.size < this.#limit) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
