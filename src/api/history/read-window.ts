import type { HistoryWindow } from '../../contract/history/history.ts';
import { UsageError } from '../shared/usage-error.ts';

const UNITS_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The window of `--since` and `--until`: so long ago (14d, 6h, 30m, 2w), or a date of ISO 8601. */
export function readWindow(
  { since, until }: { readonly since: string; readonly until?: string },
  nowMs: number,
): HistoryWindow {
  const sinceMs = readTime(since, nowMs);
  const untilMs = until === undefined ? nowMs : readTime(until, nowMs);
  const problems = [
    ...(sinceMs === null ? [problem('--since', since)] : []),
    ...(untilMs === null ? [problem('--until', until ?? '')] : []),
  ];
  if (sinceMs !== null && untilMs !== null && sinceMs >= untilMs) {
    problems.push(
      `--since: wanted a time before the end of the window, it is ${JSON.stringify(since)}`,
    );
  }
  if (sinceMs === null || untilMs === null || problems.length > 0) throw new UsageError(problems);
  return { sinceMs, untilMs };
}

function readTime(text: string, nowMs: number): number | null {
  const ago = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text);
  if (ago !== null) return nowMs - Number(ago[1]) * (UNITS_MS[ago[2] ?? ''] ?? 0);
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isFinite(ms) ? ms : null;
}

function problem(option: string, text: string): string {
  return `${option}: wanted 14d, 6h, 30m or a date such as 2026-11-01, it is ${JSON.stringify(text)}`;
}
