import { sortedBy } from '../statistics/numbers.ts';

/** The logarithm of a duration, less where its size lies, and when it was measured. */
export interface Residual {
  readonly value: number;
  readonly atMs: number;
  readonly durationMs: number;
  /** Index of the size, or of the payload at a size, that it is of. */
  readonly group: number;
  /** Which environment served it; `null` where no log tells. */
  readonly environment: number | null;
}

/** Residuals that were measured close together. */
export interface Period {
  readonly residuals: readonly Residual[];
  /** Whether nothing was under way for a while before it: it is of another round than the one before. */
  readonly isAfterPause: boolean;
}

/** Residuals in one period: fewer tell little, more smear what changes. */
const IN_A_PERIOD = 8;
const MOST_PERIODS = 24;
/** Nothing was under way for as long: perhaps a round ended. */
const PAUSE_MS = 200;
/** Between rounds it is more: versions are published, and the next round is planned. */
const LONG_PAUSE_MS = 1000;

/**
 * Cuts a run into periods, in the order of time. What was sent at the same moment stays together. A long
 * pause ends every period, so that no two rounds are in one; a short one ends a period that holds half of
 * what one should.
 */
export function timePeriods(residuals: readonly Residual[]): readonly Period[] {
  const inTime = sortedBy(
    residuals,
    ({ atMs }) => atMs,
    (a, b) => a.value - b.value,
  );
  const wanted = Math.max(IN_A_PERIOD, Math.ceil(inTime.length / MOST_PERIODS));
  // A caller that waits between all invocations makes no rounds.
  const longPauseMs = pausesOf(inTime, LONG_PAUSE_MS) > MOST_PERIODS ? Infinity : LONG_PAUSE_MS;
  const periods: Period[] = [];
  let own: Residual[] = [];
  let isAfterPause = false;
  let busyUntilMs = -Infinity;
  for (const residual of inTime) {
    const last = own.at(-1);
    const isFull = own.length >= wanted && last !== undefined && last.atMs < residual.atMs;
    const idleMs = residual.atMs - busyUntilMs;
    const isPause = idleMs >= PAUSE_MS;
    const endsAny = idleMs >= longPauseMs && own.length > 0;
    if (isFull || endsAny || (isPause && own.length >= wanted / 2)) {
      periods.push({ residuals: own, isAfterPause });
      own = [];
      isAfterPause = isPause;
    }
    own.push(residual);
    busyUntilMs = Math.max(busyUntilMs, residual.atMs + residual.durationMs);
  }
  if (own.length > 0) periods.push({ residuals: own, isAfterPause });
  return periods;
}

function pausesOf(inTime: readonly Residual[], leastMs: number): number {
  let busyUntilMs = Infinity;
  let pauses = 0;
  for (const { atMs, durationMs } of inTime) {
    if (atMs - busyUntilMs >= leastMs) pauses += 1;
    busyUntilMs = Math.max(busyUntilMs === Infinity ? 0 : busyUntilMs, atMs + durationMs);
  }
  return pauses;
}
