/** The logarithm of a duration, less where its size lies, and when it was measured. */
export interface Residual {
  readonly value: number;
  readonly atMs: number;
  readonly durationMs: number;
  /** Index of the size, or of the payload at a size, that it is of. */
  readonly group: number;
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
/** Nothing was under way for as long: between rounds, versions are published and planned for. */
const PAUSE_MS = 200;

/**
 * Cuts a run into periods, in the order of time. What was sent at the same moment stays together, and a
 * pause ends a period that holds half of what one should.
 */
export function timePeriods(residuals: readonly Residual[]): readonly Period[] {
  const inTime = residuals.toSorted((a, b) => a.atMs - b.atMs || a.value - b.value);
  const wanted = Math.max(IN_A_PERIOD, Math.ceil(inTime.length / MOST_PERIODS));
  const periods: Period[] = [];
  let own: Residual[] = [];
  let isAfterPause = false;
  let busyUntilMs = -Infinity;
  for (const residual of inTime) {
    const last = own.at(-1);
    const isFull = own.length >= wanted && last !== undefined && last.atMs < residual.atMs;
    const isPause = residual.atMs - busyUntilMs >= PAUSE_MS;
    if (isFull || (isPause && own.length >= wanted / 2)) {
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
