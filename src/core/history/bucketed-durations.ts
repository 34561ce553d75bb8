import type { HistoryRow } from '../../contract/history/history.ts';

interface Bucket {
  readonly count: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Durations of any number of invocations, known to their bucket of 2 %. Merging keeps that. */
export class BucketedDurations {
  readonly #buckets: readonly Bucket[];
  readonly count: number;
  readonly #sumMs: number;

  constructor(rows: readonly HistoryRow[]) {
    const buckets = new Map<number, Bucket>();
    let count = 0;
    let sumMs = 0;
    for (const row of rows) {
      if (row.bucket === null || row.durationMs === null) continue;
      const before = buckets.get(row.bucket);
      buckets.set(row.bucket, {
        count: (before?.count ?? 0) + row.count,
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

  /** The largest duration in the bucket of the k-th shortest, from 1: never below it, at most 2 % above. */
  atRank(k: number): number | null {
    let passed = 0;
    for (const { count, maxMs } of this.#buckets) {
      passed += count;
      if (k <= passed) return maxMs;
    }
    return null;
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
