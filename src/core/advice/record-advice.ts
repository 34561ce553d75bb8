import { linearRegression, mean } from 'simple-statistics';
import type { AdviceFacts, AdviceFactsOf } from '../../contract/tune/advice.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { Prices } from '../cost/prices.ts';
import type { Measured } from '../recommend/size-sample.ts';
import { tInterval } from '../statistics/mean-interval.ts';

/** What a shard of Kinesis takes at most ("Quotas and limits", Kinesis Data Streams Developer Guide, 2026-11). */
const SHARD_RECORDS_PER_SECOND = 1000;

type Batch = AdviceFactsOf<'record-batches'>['batches'][number];

export interface Batches {
  readonly memoryMb: number;
  readonly currency: Prices['currency'];
  /** Warm invocations at that size. */
  readonly warm: readonly Measured[];
  /** How many `Records` each payload holds; `null` for one that has none. */
  readonly records: readonly (number | null)[];
  readonly triggers: readonly Trigger[];
}

/** Tells what records take and cost in batches of each measured size, and how many a trigger can get rid of. */
export function recordAdvice(measured: Batches): readonly AdviceFacts[] {
  const batches = batchesOf(measured);
  if (!batches.some(({ records }) => records > 1)) return [];
  const { memoryMb, currency } = measured;
  return [
    { code: 'record-batches', memoryMb, currency, batches, line: lineThrough(batches) },
    ...measured.triggers.flatMap((trigger) => rateOf(trigger, batches)),
  ];
}

/** Ascending by how many records they hold; each payload is a batch of its own. */
function batchesOf({ warm, records }: Batches): readonly Batch[] {
  return records
    .flatMap((count, payload) => {
      const own = warm.filter((each) => each.payload === payload);
      return count === null || count === 0 || own.length === 0
        ? []
        : [batchOf(payload, count, own)];
    })
    .toSorted((a, b) => a.records - b.records || a.payload - b.payload);
}

function batchOf(payload: number, records: number, own: readonly Measured[]): Batch {
  const durationMs = tInterval(own.map((each) => each.durationMs));
  return {
    payload,
    records,
    invocations: own.length,
    durationMs,
    msPerRecord: durationMs.mean / records,
    costUsdPerMillionRecords: (mean(own.map(({ usd }) => usd)) / records) * 1e6,
  };
}

/** Returns what a batch takes whatever is in it, and each record; `null` where batches do not tell it. */
function lineThrough(batches: readonly Batch[]): AdviceFactsOf<'record-batches'>['line'] {
  if (new Set(batches.map(({ records }) => records)).size < 2) return null;
  const points = batches.map(({ records, durationMs }) => [records, durationMs.mean]);
  const { m: perRecordMs, b: perBatchMs } = linearRegression(points);
  return perRecordMs > 0 && perBatchMs >= 0 ? { perBatchMs, perRecordMs } : null;
}

/** A shard has so many batches under way at once, a queue as many as its mapping may cause; each after the other. */
function rateOf(trigger: Trigger, batches: readonly Batch[]): readonly AdviceFacts[] {
  const { source, arn, mapping } = trigger;
  const isStream = source === 'kinesis' || source === 'dynamodb';
  const atOnce = isStream
    ? (mapping?.parallelization ?? 1)
    : source === 'sqs'
      ? (mapping?.maxConcurrency ?? null)
      : null;
  const most = mapping?.batchSize ?? Infinity;
  const batch = batches.findLast(({ records }) => records <= most);
  if (atOnce === null || batch === undefined) return [];
  const { low, high, mean: estimate } = batch.durationMs;
  if (low === null || high === null || low <= 0) return [];
  const perSecond = (ms: number): number => (atOnce * batch.records * 1000) / ms;
  const recordsPerSecond = {
    estimate: perSecond(estimate),
    low: perSecond(high),
    high: perSecond(low),
  };
  const takesPerSecond = source === 'kinesis' ? SHARD_RECORDS_PER_SECOND : null;
  return [
    {
      code: 'batch-rate',
      source,
      arn,
      per: isStream ? 'shard' : 'queue',
      atOnce,
      records: batch.records,
      batchSize: mapping?.batchSize ?? null,
      recordsPerSecond,
      takesPerSecond,
      fits: takesPerSecond === null ? null : recordsPerSecond.low >= takesPerSecond,
    },
  ];
}
