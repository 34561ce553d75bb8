import type { HistoryRow, HistoryWindow } from '../../contract/history/history.ts';

const DAY_MS = 24 * 3600 * 1000;
/** The longest that an experiment of ours runs. */
const LONGEST_RUN_MS = DAY_MS;
/** Versions at so many sizes at once are an experiment: a release moves from one size to another. */
const SIZES_OF_AN_EXPERIMENT = 3;
/** A silence less probable than this is no chance. */
const NO_CHANCE = 0.001;

/**
 * Rows without those of experiments in the window, which are no traffic: numbered versions that were seen for a day
 * at most, while others were at two more memory sizes at least.
 */
export function withoutExperiments(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const versions = new Map<string, Version>();
  for (const { version, memoryMb, firstMs, lastMs } of rows) {
    if (version === null || !/^\d+$/.test(version)) continue;
    if (memoryMb === null || firstMs === null || lastMs === null) continue;
    const before = versions.get(version);
    versions.set(version, {
      memoryMb,
      firstMs: Math.min(before?.firstMs ?? Infinity, firstMs),
      lastMs: Math.max(before?.lastMs ?? 0, lastMs),
    });
  }
  const short = [...versions.values()].filter(
    ({ firstMs, lastMs }) => lastMs - firstMs <= LONGEST_RUN_MS,
  );
  const isOfExperiment = (own: Version): boolean => {
    const beside = short.filter((each) => each.firstMs <= own.lastMs && each.lastMs >= own.firstMs);
    return new Set(beside.map(({ memoryMb }) => memoryMb)).size >= SIZES_OF_AN_EXPERIMENT;
  };
  return rows.filter(({ version }) => {
    const own = version === null ? undefined : versions.get(version);
    return own === undefined || own.lastMs - own.firstMs > LONGEST_RUN_MS || !isOfExperiment(own);
  });
}

interface Version {
  readonly memoryMb: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * Returns the part of the window that the log covers: a group may keep fewer days, and the function may be
 * younger. Where so long a silence before the first call is no chance (calls that come at random leave one
 * with probability e^(−calls × silence ÷ rest)), the window begins with that call.
 */
export function coveredWindow(rows: readonly HistoryRow[], window: HistoryWindow): HistoryWindow {
  const firstMs = Math.min(...rows.map((row) => row.firstMs ?? Infinity));
  const calls = rows.reduce((sum, { count }) => sum + count, 0);
  const silenceMs = firstMs - window.sinceMs;
  const restMs = window.untilMs - firstMs;
  if (!Number.isFinite(firstMs) || silenceMs <= 0 || restMs <= 0) return window;
  const chance = Math.exp((-calls * silenceMs) / restMs);
  return chance < NO_CHANCE ? { sinceMs: firstMs, untilMs: window.untilMs } : window;
}
