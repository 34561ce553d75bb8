import type { HistoryRow } from '../../../src/contract/history/history.ts';
import type { Traffic } from '../../../src/contract/history/traffic.ts';
import { bucketOf } from '../../../src/core/history/history-query.ts';
import { trafficOf } from '../../../src/core/traffic/traffic-of.ts';

export const DAY_MS = 86_400_000;

/** A row of the query: calls that took the same time. */
export function callsOf(durationMs: number, more: Partial<HistoryRow> = {}): HistoryRow {
  const count = more.count ?? 1;
  return {
    logGroup: '/aws/lambda/orders',
    owner: '',
    version: '$LATEST',
    memoryMb: 512,
    cold: false,
    outcome: 'untold',
    bucket: bucketOf(durationMs),
    count,
    durationMs: { sum: durationMs * count, min: durationMs, max: durationMs },
    billedMs: Math.ceil(durationMs) * count,
    maxMemoryUsedMb: 100,
    initMs: null,
    firstMs: 0,
    lastMs: DAY_MS,
    ...more,
  };
}

/** Of a function at 512 MB in us-east-1, x86, seen for a month of 30.4375 days. */
export function trafficAt512(rows: readonly HistoryRow[]): Traffic {
  const target = {
    name: 'orders',
    region: 'us-east-1',
    architecture: 'x86_64' as const,
    memoryMb: 512,
    timeoutSeconds: 30,
    ephemeralStorageMb: 512,
    triggers: [],
  };
  const traffic = trafficOf(rows, target, { sinceMs: 0, untilMs: 30.4375 * DAY_MS });
  if (traffic === null) throw new Error('wanted traffic, there is none');
  return traffic;
}
