import type {
  FunctionHistory,
  HistoryRisk,
  HistoryRow,
  HistoryTarget,
  HistoryWindow,
  SizeChange,
  SizeHistory,
} from '../../contract/history/history.ts';
import { gbSecondsOf } from '../cost/invocation-cost.ts';
import { pricesOf, type Prices } from '../cost/prices.ts';
import { BucketedDurations } from './bucketed-durations.ts';
import { isImpossible } from './history-query.ts';
import { historyTimeout } from './history-timeout.ts';
import { endedWell, sizeHistory, type SizedRow } from './size-history.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A month of 365.25 ÷ 12 days. */
const MONTH_DAYS = 30.4375;
/** Memory in use may fill so much of a size that is thought possible. */
const FULL = 0.9;
const SMALLEST_MB = 128;
/** Pictures show steps of 10 %. */
export const PICTURE_STEP = 1.1;

/** What the rows of one function say; `null` where there is no report at all. */
export function functionHistory(
  rows: readonly HistoryRow[],
  target: HistoryTarget,
  window: HistoryWindow,
): FunctionHistory | null {
  const countOf = (some: readonly HistoryRow[]): number =>
    some.reduce((sum, { count }) => sum + count, 0);
  const whole = rows.filter(
    (row): row is SizedRow =>
      row.memoryMb !== null && row.bucket !== null && row.durationMs !== null,
  );
  const sized = whole.filter(({ bucket }) => !isImpossible(bucket));
  if (countOf(rows) === 0) return null;
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const months = (window.untilMs - window.sinceMs) / DAY_MS / MONTH_DAYS;
  const bySize = groupBySize(sized);
  const sizes = bySize.map(([memoryMb, own]) => sizeHistory(memoryMb, own, prices, target, months));
  const presentMb = target.memoryMb ?? latestSize(sized);
  const own = sized.filter(({ memoryMb }) => memoryMb === presentMb);
  const present = sizes.find(({ memoryMb }) => memoryMb === presentMb) ?? null;
  const invocations = countOf(sized);
  const seen = {
    warm: new BucketedDurations(own.filter((row) => !row.cold && endedWell(row))),
    cold: new BucketedDurations(own.filter((row) => row.cold && endedWell(row))),
    cutOff: new BucketedDurations(own.filter(({ outcome }) => outcome === 'timeout')),
  };
  const timeout = historyTimeout(seen, target);
  const used = Math.max(0, ...sized.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb ?? 0));
  return {
    since: new Date(window.sinceMs).toISOString(),
    until: new Date(window.untilMs).toISOString(),
    invocations,
    invocationsPerMonth: invocations / months,
    coldShare: invocations === 0 ? null : countOf(sized.filter(({ cold }) => cold)) / invocations,
    presentMb,
    sizes,
    durations: { warm: seen.warm.steps(PICTURE_STEP), cold: seen.cold.steps(PICTURE_STEP) },
    currency: prices.currency,
    timeout,
    headroom: presentMb === null || used === 0 ? null : 1 - used / presentMb,
    ceiling: ceilingOf(presentMb, used, present, own, prices, months),
    changes: changesOf(bySize),
    risks: risksOf(sizes, timeout.present, present),
    unreadable: countOf(rows) - countOf(whole),
    impossible: countOf(whole) - invocations,
  };
}

/** Ascending. */
function groupBySize(
  rows: readonly SizedRow[],
): readonly (readonly [memoryMb: number, rows: readonly SizedRow[]])[] {
  const groups = new Map<number, SizedRow[]>();
  for (const row of rows) {
    const own = groups.get(row.memoryMb);
    if (own === undefined) groups.set(row.memoryMb, [row]);
    else own.push(row);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function latestSize(rows: readonly SizedRow[]): number | null {
  const [latest] = rows.toSorted((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0));
  return latest?.memoryMb ?? null;
}

/** 1 − m′ ÷ m of what duration costs, m′ the smallest size that the memory in use permits. */
function ceilingOf(
  presentMb: number | null,
  usedMb: number,
  present: SizeHistory | null,
  rows: readonly SizedRow[],
  prices: Prices,
  months: number,
): FunctionHistory['ceiling'] {
  if (presentMb === null || usedMb === 0) return null;
  const fits = Math.max(SMALLEST_MB, Math.ceil(usedMb / FULL));
  const outOfMemory = present !== null && present.outOfMemory > 0;
  const memoryMb = outOfMemory ? presentMb : Math.min(presentMb, fits);
  const fraction = 1 - memoryMb / presentMb;
  if (rows.some((row) => row.billedMs === null)) return { memoryMb, fraction, usdPerMonth: null };
  const billedMs = rows.reduce((sum, row) => sum + (row.billedMs ?? 0), 0);
  const usd = gbSecondsOf({ billedMs, memoryMb: presentMb }) * prices.usdPerGbSecond;
  return { memoryMb, fraction, usdPerMonth: (usd / months) * fraction };
}

function changesOf(
  bySize: readonly (readonly [memoryMb: number, rows: readonly SizedRow[]])[],
): readonly SizeChange[] {
  const inTime = bySize
    .map(([memoryMb, rows]) => ({
      memoryMb,
      rows,
      firstMs: Math.min(...rows.map(({ firstMs }) => firstMs ?? Infinity)),
    }))
    .sort((a, b) => a.firstMs - b.firstMs);
  const median = (rows: readonly SizedRow[]): number | null =>
    new BucketedDurations(rows.filter((row) => !row.cold && endedWell(row))).quantile(0.5);
  const versions = (rows: readonly SizedRow[]): ReadonlySet<string | null> =>
    new Set(rows.map(({ version }) => version));
  return inTime.slice(1).map((after, index) => {
    const before = inTime[index] ?? after;
    const [slow, fast] = [median(before.rows), median(after.rows)];
    const [old, young] = [versions(before.rows), versions(after.rows)];
    return {
      fromMb: before.memoryMb,
      toMb: after.memoryMb,
      at: Number.isFinite(after.firstMs) ? new Date(after.firstMs).toISOString() : null,
      durationRatio: slow === null || fast === null || slow === 0 ? null : fast / slow,
      // $LATEST has a name of its own whatever its code is.
      confounded: ![...young].every((version) => old.has(version)) || young.has('$LATEST'),
    };
  });
}

function risksOf(
  sizes: readonly SizeHistory[],
  timeout: FunctionHistory['timeout']['present'],
  present: SizeHistory | null,
): readonly HistoryRisk[] {
  const risks: HistoryRisk[] = [];
  if (sizes.some(({ outOfMemory }) => outOfMemory > 0)) risks.push('out-of-memory');
  if (sizes.some(({ timeouts }) => timeouts > 0)) risks.push('timeouts');
  else if (timeout === 'too-tight') risks.push('timeout-too-tight');
  const used = present?.maxMemoryUsedMb ?? null;
  if (present !== null && used !== null && used > FULL * present.memoryMb) {
    risks.push('memory-nearly-full');
  }
  return risks;
}
