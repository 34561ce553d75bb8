/**
 * A map that forgets what was set long ago: it keeps the last `limit` entries at least, and twice as
 * many at most. Forgetting one at a time would look for the oldest in a map full of holes.
 */
export class RecentMap<Value> {
  readonly #limit: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True for a map that certainly holds nothing. */
  get empty(): boolean {
    return this.#young.size === 0 && this.#old.size === 0;
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    return value === undefined && this.#old.size > 0 ? this.#old.get(key) : value;
  }

  set(key: string, value: Value): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#limit) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    this.#young.delete(key);
    if (this.#old.size > 0) this.#old.delete(key);
  }
}
