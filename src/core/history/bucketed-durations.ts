import type { HistoryRow } from '../../contract/history/history.ts';

/** Durations that are alike, of a row of the query. */
export type BucketRow = Pick<HistoryRow, 'bucket' | 'count' | 'durationMs'>;

interface Bucket {
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Durations of any number of invocations, known to their bucket of 2 %. Merging keeps that. */
export class BucketedDurations {
  readonly #buckets: readonly Bucket[];
  readonly count: number;
  readonly #sumMs: number;

  constructor(rows: readonly BucketRow[]) {
    const buckets = new Map<number, Bucket>();
    let count = 0;
    let sumMs = 0;
    for (const row of rows) {
      if (row.bucket === null || row.durationMs === null) continue;
      const before = buckets.get(row.bucket);
      buckets.set(row.bucket, {
        count: (before?.count ?? 0) + row.count,
        sumMs: (before?.sumMs ?? 0) + row.durationMs.sum,
        minMs: Math.min(before?.minMs ?? Infinity, row.durationMs.min),
        maxMs: Math.max(before?.maxMs ?? 0, row.durationMs.max),
      });
      count += row.count;
      sumMs += row.durationMs.sum;
    }
    this.#buckets = [...buckets].sort(([a], [b]) => a - b).map(([, bucket]) => bucket);
    this.count = count;
    this.#sumMs = sumMs;
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.#sumMs / this.count;
  }

  get max(): number | null {
    return this.#buckets.at(-1)?.maxMs ?? null;
  }

  /** Standard deviation ÷ mean, every duration taken for the mean of its bucket; `null` for fewer than two. */
  get variation(): number | null {
    const { mean, count } = this;
    if (mean === null || mean <= 0 || count < 2) return null;
    const squares = this.#buckets.reduce(
      (sum, bucket) => sum + bucket.count * (bucket.sumMs / bucket.count - mean) ** 2,
      0,
    );
    return Math.sqrt(squares / (count - 1)) / mean;
  }

  /** The share that takes no longer: within a bucket durations are taken as evenly spread. */
  shareUpTo(ms: number): number | null {
    if (this.count === 0) return null;
    let within = 0;
    for (const { count, minMs, maxMs } of this.#buckets) {
      if (maxMs <= ms) within += count;
      else if (minMs <= ms) within += (count * (ms - minMs)) / (maxMs - minMs);
    }
    return within / this.count;
  }

  /** Counts, ascending, of durations within steps of so much, each with the longest that it holds. */
  steps(factor: number): readonly { readonly ms: number; readonly count: number }[] {
    const steps = new Map<number, { ms: number; count: number }>();
    for (const { count, maxMs } of this.#buckets) {
      const step = Math.floor(Math.log(Math.max(maxMs, 1e-3)) / Math.log(factor));
      const before = steps.get(step);
      steps.set(step, { ms: maxMs, count: (before?.count ?? 0) + count });
    }
    return [...steps.values()];
  }

  /** The largest duration in the bucket of the k-th shortest, from 1: never below it, at most 2 % above. */
  atRank(k: number): number | null {
    let passed = 0;
    for (const { count, maxMs } of this.#buckets) {
      passed += count;
      if (k <= passed) return maxMs;
    }
    return null;
  }

  /** How many times as long as its shortest the longest of a bucket is at most, among the longest tenth. */
  get tailWidth(): number {
    let passed = 0;
    let width = 1;
    for (const { count, minMs, maxMs } of this.#buckets) {
      passed += count;
      if (passed >= this.count * 0.9 && minMs > 0) width = Math.max(width, maxMs / minMs);
    }
    return width;
  }

  quantile(q: number): number | null {
    return this.atRank(Math.max(1, Math.ceil(q * this.count)));
  }

  /**
   * Values that stand for the durations, ascending: spread over their buckets, or each the most of its bucket.
   * Above `most` values, fewer in proportion.
   */
  values(spread: 'even' | 'largest', most: number): readonly number[] {
    const scale = Math.min(1, most / Math.max(1, this.count));
    return this.#buckets.flatMap(({ count, minMs, maxMs }) => {
      const n = Math.max(1, Math.round(count * scale));
      return Array.from({ length: n }, (_, index) =>
        spread === 'largest'
          ? maxMs
          : n === 1
            ? maxMs
            : minMs + ((maxMs - minMs) * index) / (n - 1),
      );
    });
  }
}
