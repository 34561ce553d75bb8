import { quantileOf } from './quantile.ts';

/** The logarithm of a duration, less where its size lies, and when it was measured. */
export interface Residual {
  readonly value: number;
  readonly atMs: number;
}

/** How everything together became slower and faster in the course of a run. */
export interface Drift {
  /** What to take from the logarithm of a duration at a time. */
  readonly at: (atMs: number) => number;
  /** Slowest period ÷ fastest one − 1. */
  readonly swing: number;
}

/** Residuals in one period: fewer are too noisy, more smear what changes. */
const IN_A_PERIOD = 16;
const MOST_PERIODS = 24;
/** Standard deviations of χ² above its mean before periods are believed to differ. */
const BELIEVED_AT = 4;

/**
 * Compares periods of time over all sizes together: since they were measured interleaved, what changes
 * with time changes for all. A period's effect is drawn to 0 as far as noise explains it (empirical Bayes).
 *
 * @param spread of one residual, robust
 * @returns `null` where nothing but noise is to be seen
 */
export function driftOf(residuals: readonly Residual[], spread: number): Drift | null {
  const periods = spread > 0 ? periodsOf(residuals, spread) : [];
  const count = periods.length;
  if (count < 2) return null;
  const center = periods.reduce((sum, { mean }) => sum + mean, 0) / count;
  const chi = periods.reduce((sum, { mean, variance }) => sum + (mean - center) ** 2 / variance, 0);
  if (chi < count - 1 + BELIEVED_AT * Math.sqrt(2 * (count - 1))) return null;
  const noise = periods.reduce((sum, { variance }) => sum + variance, 0) / count;
  const total =
    periods.reduce((sum, { mean }) => sum + (mean - center) ** 2, 0) / Math.max(1, count - 1);
  const between = Math.max(0, total - noise);
  const effects = periods.map(({ mean, variance, middleMs }) => ({
    middleMs,
    effect: ((mean - center) * between) / (between + variance),
  }));
  const values = effects.map(({ effect }) => effect);
  return {
    swing: Math.exp(Math.max(...values) - Math.min(...values)) - 1,
    at: (atMs) => onLines(effects, atMs),
  };
}

interface Period {
  readonly mean: number;
  readonly variance: number;
  readonly middleMs: number;
}

/** Cut by time only: what was sent at the same moment stays together. */
function periodsOf(residuals: readonly Residual[], spread: number): readonly Period[] {
  const inTime = residuals.toSorted((a, b) => a.atMs - b.atMs || a.value - b.value);
  const wanted = Math.max(IN_A_PERIOD, Math.ceil(inTime.length / MOST_PERIODS));
  const periods: Residual[][] = [];
  let own: Residual[] = [];
  for (const residual of inTime) {
    const last = own.at(-1);
    if (last !== undefined && own.length >= wanted && last.atMs < residual.atMs) {
      periods.push(own);
      own = [];
    }
    own.push(residual);
  }
  // A short rest says too little alone.
  if (own.length >= wanted / 2 || periods.length === 0) periods.push(own);
  else periods.at(-1)?.push(...own);
  return periods.map((each) => {
    const values = each.map(({ value }) => Math.max(-2 * spread, Math.min(2 * spread, value)));
    return {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      variance: (spread * spread) / values.length,
      middleMs: quantileOf(
        each.map(({ atMs }) => atMs),
        0.5,
      ),
    };
  });
}

/** Straight lines between the middles of periods, flat beyond the first and the last. */
function onLines(
  effects: readonly { readonly middleMs: number; readonly effect: number }[],
  atMs: number,
): number {
  const after = effects.findIndex(({ middleMs }) => middleMs > atMs);
  if (after === -1) return effects.at(-1)?.effect ?? 0;
  const [before, next] = [effects[after - 1], effects[after]];
  if (before === undefined || next === undefined) return next?.effect ?? 0;
  const share = (atMs - before.middleMs) / (next.middleMs - before.middleMs);
  return before.effect + share * (next.effect - before.effect);
}
