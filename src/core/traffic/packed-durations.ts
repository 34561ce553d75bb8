import type { TrafficBuckets } from '../../contract/history/traffic.ts';
import { BucketedDurations, type BucketRow } from '../history/bucketed-durations.ts';

/** Counts of one bucket as they travel through a state: its logarithm, how many, sum, shortest, longest. */
type Packed = TrafficBuckets[number];

/**
 * Rows of the query by their buckets alone, few enough for a state. Where there are more, neighbours are put
 * together from the shortest on, so that the tail keeps its buckets: a quantile is then never below the true one.
 *
 * @param most at least one
 */
export function packDurations(rows: readonly BucketRow[], most: number): TrafficBuckets {
  const byBucket = new Map<number, Packed>();
  for (const { bucket, count, durationMs } of rows) {
    if (bucket === null || durationMs === null) continue;
    const own: Packed = [bucket, count, durationMs.sum, durationMs.min, durationMs.max];
    const before = byBucket.get(bucket);
    byBucket.set(bucket, before === undefined ? own : join(before, own));
  }
  let packed = [...byBucket.values()].toSorted(([a], [b]) => a - b);
  while (packed.length > most) packed = joinShortest(packed, packed.length - most);
  return packed.map(([bucket, count, ...ms]) => {
    const [sum, min, max] = ms.map(toHundredths);
    return [bucket, count, sum ?? 0, min ?? 0, max ?? 0] as const;
  });
}

export function unpackDurations(packed: TrafficBuckets): BucketedDurations {
  return new BucketedDurations(
    packed.map(([bucket, count, sum, min, max]) => ({
      bucket,
      count,
      durationMs: { sum, min, max },
    })),
  );
}

/** Joins pairs from the shortest on, as many as are too many. */
function joinShortest(packed: readonly Packed[], tooMany: number): Packed[] {
  const pairs = Math.min(tooMany, Math.floor(packed.length / 2));
  const short = Array.from({ length: pairs }, (_, index) =>
    join(packed[2 * index] as Packed, packed[2 * index + 1] as Packed),
  );
  return [...short, ...packed.slice(2 * pairs)];
}

function join(a: Packed, b: Packed): Packed {
  return [b[0], a[1] + b[1], a[2] + b[2], Math.min(a[3], b[3]), Math.max(a[4], b[4])];
}

/** As Lambda prints it. */
function toHundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}
