import type { HistoryRow, HistoryTarget, HistoryWindow } from '../../contract/history/history.ts';
import type { Traffic, TrafficSize } from '../../contract/history/traffic.ts';
import { functionHistory } from '../history/function-history.ts';
import { isImpossible } from '../history/history-query.ts';
import { coveredWindow, withoutExperiments } from './production-rows.ts';
import { packDurations } from './packed-durations.ts';

/** 2 % each: from 10 ms to 25 s there are 400 buckets. A state holds 256 KiB in all. */
const MOST_WARM = 300;
const MOST_COLD = 100;
const MOST_CUT_OFF = 20;
const MOST_SIZES = 12;

/**
 * Tells what a run wants to know of production, from the rows of the query; `null` where there is no report.
 *
 * @param target with the present memory size
 */
export function trafficOf(
  all: readonly HistoryRow[],
  target: HistoryTarget & { readonly memoryMb: number },
  window: HistoryWindow,
): Traffic | null {
  const rows = withoutExperiments(all);
  const history = functionHistory(rows, target, coveredWindow(rows, window));
  if (history === null || history.invocations === 0) return null;
  const presentMb = target.memoryMb;
  const own = rows.filter(
    (row) => row.memoryMb === presentMb && row.bucket !== null && !isImpossible(row.bucket),
  );
  const well = own.filter(({ outcome }) => outcome === 'ok' || outcome === 'untold');
  const present = history.sizes.find(({ memoryMb }) => memoryMb === presentMb);
  const usd = present?.usd ?? null;
  return {
    since: history.since,
    until: history.until,
    invocations: history.invocations,
    invocationsPerMonth: history.invocationsPerMonth,
    coldShare: history.coldShare,
    presentMb,
    presentUsd: present === undefined || usd === null ? null : usd / present.invocations,
    sizes: mostUsed(history.sizes, presentMb).map(
      ({ memoryMb, invocations, durationMs, ...size }): TrafficSize => ({
        memoryMb,
        invocations,
        durationMs: {
          p50: durationMs.p50,
          p95: durationMs.p95,
          p99: durationMs.p99,
          p999: durationMs.p999,
          max: durationMs.max,
        },
        maxMemoryUsedMb: size.maxMemoryUsedMb,
        outOfMemory: size.outOfMemory,
        timeouts: size.timeouts,
        errors: size.errors,
      }),
    ),
    warm: packDurations(
      well.filter(({ cold }) => !cold),
      MOST_WARM,
    ),
    cold: packDurations(
      well.filter(({ cold }) => cold),
      MOST_COLD,
    ),
    cutOff: packDurations(
      own.filter(({ outcome }) => outcome === 'timeout'),
      MOST_CUT_OFF,
    ),
  };
}

/** Returns the present size and those that served most calls, ascending. */
function mostUsed<Size extends { readonly memoryMb: number; readonly invocations: number }>(
  sizes: readonly Size[],
  presentMb: number,
): readonly Size[] {
  const isPresent = ({ memoryMb }: Size): number => (memoryMb === presentMb ? 1 : 0);
  return sizes
    .toSorted((a, b) => isPresent(b) - isPresent(a) || b.invocations - a.invocations)
    .slice(0, MOST_SIZES)
    .toSorted((a, b) => a.memoryMb - b.memoryMb);
}
