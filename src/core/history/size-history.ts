import type { HistoryRow, HistoryTarget, SizeHistory } from '../../contract/history/history.ts';
import { costUsdPerMillion } from '../cost/invocation-cost.ts';
import type { Prices } from '../cost/prices.ts';
import { BucketedDurations } from './bucketed-durations.ts';

/** A row of which size and duration are known. */
export type SizedRow = HistoryRow & { readonly memoryMb: number; readonly bucket: number };

/** Sums up what the rows of one size say. */
export function sizeHistory(
  memoryMb: number,
  rows: readonly SizedRow[],
  prices: Prices,
  { ephemeralStorageMb }: HistoryTarget,
  months: number,
): SizeHistory {
  const count = (is: (row: HistoryRow) => boolean): number => countOf(rows.filter(is));
  const invocations = countOf(rows);
  const used = rows.flatMap(({ maxMemoryUsedMb }) => maxMemoryUsedMb ?? []);
  const usd = usdOf(rows, (billedMs) =>
    costUsdPerMillion(prices, { billedMs, memoryMb, ephemeralStorageMb }),
  );
  return {
    memoryMb,
    versions: [...new Set(rows.flatMap(({ version }) => version ?? []))].sort(),
    invocations,
    coldStarts: count(({ cold }) => cold),
    durationMs: quantilesOf(rows.filter((row) => !row.cold && endedWell(row))),
    initMs: initOf(rows.filter(({ cold }) => cold)),
    maxMemoryUsedMb: used.length === 0 ? null : Math.max(...used),
    outOfMemory: count(({ outcome }) => outcome === 'out-of-memory'),
    timeouts: count(({ outcome }) => outcome === 'timeout'),
    crashes: count(({ outcome }) => outcome === 'crash'),
    errors: rows.some(({ outcome }) => outcome === 'untold')
      ? null
      : count(({ outcome }) => outcome === 'error'),
    usd,
    usdPerMonth: usd === null ? null : usd / months,
    ...spanOf(rows),
  };
}

/** Tells whether invocations ended well, as far as the log says. */
export function endedWell({ outcome }: HistoryRow): boolean {
  return outcome === 'ok' || outcome === 'untold';
}

function countOf(rows: readonly HistoryRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The cost of an invocation is linear in what is billed, so that of the mean is the mean of the costs. `null`
 * where a part of what was billed is not known.
 */
function usdOf(
  rows: readonly HistoryRow[],
  usdPerMillion: (billedMs: number) => number,
): number | null {
  if (rows.some(({ billedMs }) => billedMs === null)) return null;
  const invocations = countOf(rows);
  const billedMs = rows.reduce((sum, row) => sum + (row.billedMs ?? 0), 0);
  return (usdPerMillion(billedMs / invocations) / 1e6) * invocations;
}

function quantilesOf(warm: readonly HistoryRow[]): SizeHistory['durationMs'] {
  const durations = new BucketedDurations(warm);
  return {
    mean: durations.mean,
    p50: durations.quantile(0.5),
    p95: durations.quantile(0.95),
    p99: durations.quantile(0.99),
    p999: durations.quantile(0.999),
    max: durations.max,
  };
}

/** Returns the init of cold starts, of those whose init is known. */
function initOf(cold: readonly HistoryRow[]): SizeHistory['initMs'] {
  const inits = cold.flatMap(({ initMs }) => (initMs === null ? [] : [initMs]));
  if (inits.length === 0) return null;
  const known = countOf(cold.filter(({ initMs }) => initMs !== null));
  return {
    mean: inits.reduce((sum, init) => sum + init.sum, 0) / known,
    max: Math.max(...inits.map(({ max }) => max)),
  };
}

/** Returns the times of the first and the last invocation. */
function spanOf(rows: readonly HistoryRow[]): Pick<SizeHistory, 'firstAt' | 'lastAt'> {
  const times = rows
    .flatMap(({ firstMs, lastMs }) => [firstMs, lastMs])
    .filter((each) => each !== null)
    .sort((a, b) => a - b);
  const toTime = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  return { firstAt: toTime(times[0]), lastAt: toTime(times.at(-1)) };
}
