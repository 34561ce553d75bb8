/**
 * Durations are counted in buckets of their logarithm: 51 to a factor of e, so that one is 2 % wide at most
 * (e^(1/51) = 1.0198). They are counted from 15 minutes, so that what is longer has a bucket of its own
 * (0 and above), and what cannot be, too (the lowest).
 */
export const BUCKETS_PER_E = 51;
/** Where values are few, in buckets so narrow that each has one of its own up to 100 ms (0.01 %). */
export const FINE_BUCKETS_PER_E = 10_000;
export const LONGEST_MS = 900_000.5;
export const LEAST_MS = 0.001;

/** As many rows as that mean that there were more. 100,000 is the most that a query may return. */
export const ROW_LIMIT = 100_000;

const NUMBER = '-?[0-9.]+';
const WORD = '[a-z]+';

/**
 * The query that lets the server count. It parses the message itself, text and JSON, in any order of fields:
 * discovered fields exist for the Standard class only, and a query by them loses functions with JSON logs.
 * Whether `by` takes a computed field is documented nowhere; `npm run verify:aws` asks.
 */
export const HISTORY_QUERY = historyQuery(ROW_LIMIT);

/** The query with a limit of its own: as many rows as it says mean that there were more. */
export function historyQuery(rowLimit: number, bucketsPerE = BUCKETS_PER_E): string {
  return [
    'filter @message like /^REPORT RequestId: / or @message like /^\\{.*"type": ?"platform\\.report"/',
    `parse @message /(?:\\tDuration: |  Duration: |"durationMs": ?)(?<durationMs>${NUMBER})/`,
    `parse @message /(?:Billed Duration: |"billedDurationMs": ?)(?<billedMs>${NUMBER})/`,
    `parse @message /(?:Memory Size: |"memorySizeMB": ?)(?<memoryMb>${NUMBER})/`,
    `parse @message /(?:Max Memory Used: |"maxMemoryUsedMB": ?)(?<usedMb>${NUMBER})/`,
    `parse @message /(?:\\tInit Duration: |  Init Duration: |"initDurationMs": ?|\\tRestore Duration: |  Restore Duration: |"restoreDurationMs": ?)(?<initMs>${NUMBER})/`,
    `parse @message /(?:Status: |"status": ?")(?<status>${WORD})/`,
    'parse @message /(?:Error Type: |"errorType": ?")(?<errorType>Runtime\\.[A-Za-z]+)/',
    'parse @logStream /^[0-9]+\\/[0-9]+\\/[0-9]+\\/(?<owner>[^\\[]*)\\[(?<version>[^\\]]+)\\]/',
    `fields floor(log(greatest(durationMs, ${LEAST_MS}) / ${LONGEST_MS}) * ${bucketsPerE}) as bucket, ispresent(initMs) as cold`,
    'stats count(*) as n, sum(durationMs) as sumMs, min(durationMs) as minMs, max(durationMs) as maxMs, sum(billedMs) as billed, max(usedMb) as used, sum(initMs) as sumInit, max(initMs) as maxInit, min(@timestamp) as firstMs, max(@timestamp) as lastMs by @log, owner, version, memoryMb, cold, status, errorType, bucket',
    `limit ${rowLimit}`,
  ].join('\n| ');
}

/** The same query, asking only how much it would scan, which is free of charge. */
export const ESTIMATE_QUERY = `${HISTORY_QUERY}\n| estimate`;

/** The bucket of a duration, as the query counts it. */
export function bucketOf(durationMs: number, bucketsPerE = BUCKETS_PER_E): number {
  const bucket = Math.floor(Math.log(Math.max(durationMs, LEAST_MS) / LONGEST_MS) * bucketsPerE);
  return wideBucket(bucket, bucketsPerE);
}

/** A bucket of any width on the scale of the wide ones: a narrow one is a part of a whole. */
export function wideBucket(bucket: number, bucketsPerE: number): number {
  return bucketsPerE === BUCKETS_PER_E ? bucket : (bucket / bucketsPerE) * BUCKETS_PER_E;
}

const LOWEST_BUCKET = bucketOf(LEAST_MS);

/** Whether a bucket holds what cannot be: a negative duration, or one above 15 minutes. */
export function isImpossible(bucket: number): boolean {
  return bucket >= 0 || Math.floor(bucket) <= LOWEST_BUCKET;
}
