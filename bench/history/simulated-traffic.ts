import type { HistoryRow } from '../../src/contract/history/history.ts';
import type { Traffic } from '../../src/contract/history/traffic.ts';
import type { Random } from '../../src/contract/shared/random.ts';
import { bucketOf } from '../../src/core/history/history-query.ts';
import { trafficOf } from '../../src/core/traffic/traffic-of.ts';
import type { BenchFunction } from '../decisions/bench-function.ts';
import { REGION } from '../decisions/truth.ts';
import { drawCall, type MixedFunction } from './payload-mix.ts';

const MONTH_MS = 30.4375 * 86_400_000;

/** Two weeks of calls, as the query counts them; then as a run keeps them. */
export function simulatedTraffic(mixed: MixedFunction, random: Random): Traffic {
  const { bench, calls, coldShare } = mixed;
  const { memoryMb } = bench.present;
  const rows = Array.from({ length: calls }, (): HistoryRow => {
    const cold = random() < coldShare;
    const warmMs = drawCall(mixed, memoryMb, random);
    const durationMs = cold
      ? warmMs * bench.cold.handlerFactor * bench.cold.handlerNoise(random)
      : warmMs;
    const initMs = cold ? bench.cold.initMs * bench.cold.initNoise(random) : null;
    return reportRow(memoryMb, Math.max(0.01, durationMs), initMs);
  });
  return trafficFrom(rows, bench, MONTH_MS);
}

export function trafficFrom(
  rows: readonly HistoryRow[],
  { present, architecture }: Pick<BenchFunction, 'present' | 'architecture'>,
  windowMs = MONTH_MS,
): Traffic {
  const target = {
    name: 'orders',
    region: REGION,
    architecture,
    memoryMb: present.memoryMb,
    timeoutSeconds: present.timeoutSeconds,
    ephemeralStorageMb: 512,
    triggers: [],
  };
  const traffic = trafficOf(rows, target, { sinceMs: 0, untilMs: windowMs });
  if (traffic === null) throw new RangeError('Could not simulate traffic: there is no call.');
  return traffic;
}

/** What one REPORT line becomes. */
export function reportRow(memoryMb: number, durationMs: number, initMs: number | null): HistoryRow {
  return {
    logGroup: '/aws/lambda/orders',
    owner: '',
    version: '1',
    memoryMb,
    cold: initMs !== null,
    outcome: 'ok',
    bucket: bucketOf(durationMs),
    count: 1,
    durationMs: { sum: durationMs, min: durationMs, max: durationMs },
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    maxMemoryUsedMb: 90,
    initMs: initMs === null ? null : { sum: initMs, max: initMs },
    firstMs: 0,
    lastMs: 0,
  };
}
