import { quantileOf } from '../statistics/quantile.ts';

/** Every answer is within this fraction of the true quantile. */
export const RELATIVE_ERROR = 0.01;

/** Half the promise: the rest is for rounding. */
const ACCURACY = RELATIVE_ERROR / 2;
const LOG_GROWTH = Math.log((1 + ACCURACY) / (1 - ACCURACY));

/** So many values are kept as they are, and answered exactly. */
const EXACT_VALUES = 1000;

/**
 * Quantiles of a stream of any length in little memory: values fall into buckets that grow by 1 %, and
 * an answer is the middle of one, so its error is relative to the value (Masson, Rim and Lee, "DDSketch",
 * VLDB 2019). Durations from 0.01 ms to 15 minutes need no more than 1,900 buckets; a sketch of all that a
 * double can hold would have 142,000.
 */
export class QuantileSketch {
  #values: number[] | null = [];
  readonly #buckets = new Map<number, number>();
  #zeros = 0;
  #count = 0;
  #max = -Infinity;
  #min = Infinity;

  get count(): number {
    return this.#count;
  }

  /** Exact; `null` for no values. */
  get max(): number | null {
    return this.#count === 0 ? null : this.#max;
  }

  /** @param value finite and not negative */
  add(value: number): void {
    this.#count += 1;
    if (value > this.#max) this.#max = value;
    if (value < this.#min) this.#min = value;
    if (this.#values === null) {
      this.#addToBucket(value);
      return;
    }
    this.#values.push(value);
    if (this.#values.length > EXACT_VALUES) {
      for (const kept of this.#values) this.#addToBucket(kept);
      this.#values = null;
    }
  }

  /**
   * The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan), as
   * everywhere in Powerdial: exact for up to 1,000 values, within 1 % beyond. `null` for no values.
   *
   * @param qs each from 0 to 1, in any order
   */
  quantiles(qs: readonly number[]): readonly (number | null)[] {
    if (this.#count === 0) return qs.map(() => null);
    if (this.#values !== null) {
      const sorted = this.#values.toSorted((a, b) => a - b);
      return qs.map((q) => quantileOf(sorted, q));
    }
    const sorted = [...this.#buckets].sort(([a], [b]) => a - b);
    return qs.map((q) => {
      const rank = q * (this.#count - 1);
      const below = Math.floor(rank);
      const low = this.#valueAt(below, sorted);
      const part = rank - below;
      return part === 0 ? low : low + part * (this.#valueAt(below + 1, sorted) - low);
    });
  }

  #addToBucket(value: number): void {
    if (value === 0) {
      this.#zeros += 1;
      return;
    }
    const bucket = Math.ceil(Math.log(value) / LOG_GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
  }

  /** The value of a rank, counted from 0; the extremes are known exactly. */
  #valueAt(rank: number, sorted: readonly (readonly [bucket: number, count: number])[]): number {
    if (rank < this.#zeros) return 0;
    let passed = this.#zeros;
    for (const [bucket, count] of sorted) {
      passed += count;
      if (rank < passed) {
        const middle = Math.exp((bucket - 0.5) * LOG_GROWTH);
        return Math.min(Math.max(middle, this.#min), this.#max);
      }
    }
    return this.#max;
  }
}
