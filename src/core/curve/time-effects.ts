import { cell, cholesky, logDeterminant, solveLower, type Matrix } from './cholesky.ts';
import { layOut, sharesBesideRun, varianceOfOne, type Layout } from './time-layout.ts';
import { timePeriods, type Period, type Residual } from './time-periods.ts';

/** How everything together became slower and faster in the course of a run. */
export interface Drift {
  /** What to take from the logarithm of a duration at a time. */
  readonly at: (atMs: number) => number;
  /** Slowest period ÷ fastest one − 1. */
  readonly swing: number;
}

/** A part of a mean: a group of residuals, and what it counts for in the mean. */
export interface Part {
  readonly group: number;
  readonly share: number;
}

/** What the time of measuring does to where each mean lies, beside the run as a whole. */
export interface TimeEffects {
  /** What to take from the location of each mean. */
  readonly shifts: Float64Array;
  /** How uncertain that is, and how far the means share it. */
  readonly covariance: Matrix;
  /** `null` where nothing but noise is to be seen. */
  readonly drift: Drift | null;
}

/** Typical change from one period to the next, with its weight before anything was measured. */
const STEPS: readonly (readonly [step: number, prior: number])[] = [
  [0.002, 0.5],
  [0.01, 0.2],
  [0.03, 0.2],
  [0.1, 0.1],
];
/** The same behind a pause, as between rounds: what is alike within a round may yet differ between two. */
const STEPS_BEHIND_PAUSES: readonly (readonly [step: number, prior: number])[] = [
  [0.002, 0.35],
  [0.01, 0.2],
  [0.03, 0.25],
  [0.1, 0.2],
];
/** A drift is told once it is improbable that there is none. */
const NO_DRIFT_AT_MOST = 0.005;
/** Residuals further out than this many spreads count as being there. */
const REACH = 2;

/**
 * Compares periods of time over all sizes together: what changes with time changes for all. Sizes are
 * measured interleaved within a round, but a size that comes in with a later round, or alone is measured
 * again, was measured at another time: what the machines do then looks like a property of that size. So each
 * size and each period have an effect of their own (a two-way layout); a size's is free, and periods take
 * steps at random (a random walk), the typical step of which, within rounds and between them, is averaged over
 * by how probable it makes what was seen. Sizes that were measured in several periods tell them apart; how far
 * they cannot is in the covariance.
 *
 * @param groups how many groups there are
 * @param means of what each mean is made: a size of its payloads
 * @param spread of one residual, robust
 * @returns `null` where the run is a single period
 */
export function timeEffects(
  residuals: readonly Residual[],
  groups: number,
  means: readonly (readonly Part[])[],
  spread: number,
): TimeEffects | null {
  const periods = spread > 0 ? timePeriods(residuals) : [];
  if (periods.length < 2) return null;
  const layout = layOut(periods, groups, REACH * spread);
  const fits = fitSteps(layout, spread);
  const levels = layout.columns.map((_, period) =>
    fits.reduce((sum, { weight, means }) => sum + weight * (means[period] as number), 0),
  );
  const shares = sharesOfMeans(sharesBesideRun(layout), means);
  const shifts = Float64Array.from(shares, (share) => dot(share, levels));
  return {
    shifts,
    covariance: covarianceOf(shares, fits, shifts),
    drift: driftOf(periods, levels, fits),
  };
}

/** Joins groups first: a size of a hundred payloads then costs what a size of one does. */
function sharesOfMeans(ofGroups: Matrix, means: readonly (readonly Part[])[]): Matrix {
  const periods = ofGroups[0]?.length ?? 0;
  return means.map((parts) => {
    const joined = new Float64Array(periods);
    for (const { group, share } of parts) {
      for (let period = 0; period < periods; period += 1) {
        joined[period] = (joined[period] as number) + share * cell(ofGroups, group, period);
      }
    }
    return joined;
  });
}

/** What is believed of the periods where their typical steps are known. */
interface Fit {
  /** Whether these are the least steps there are. */
  readonly isSteady: boolean;
  readonly weight: number;
  readonly means: Float64Array;
  /** Triangle of the precision. */
  readonly lower: Matrix;
}

function fitSteps(layout: Layout, spread: number): readonly Fit[] {
  const { behindPause } = layout;
  const variance = varianceOfOne(layout, spread);
  const scaled = layout.sums.map((sum) => sum / variance);
  const pauses = behindPause.includes(true) ? STEPS_BEHIND_PAUSES : STEPS_BEHIND_PAUSES.slice(0, 1);
  const fits = STEPS.flatMap(([within, prior]) =>
    pauses.flatMap(([behind, priorBehind]) => {
      const steps = behindPause.map((isBehind) => (isBehind ? behind : within));
      const lower = cholesky(precisionOf(layout, variance, steps));
      if (lower === null) return [];
      const half = solveLower(lower, scaled);
      const log =
        Math.log(prior * priorBehind) -
        logDeterminant(lower) / 2 -
        steps.reduce((sum, step) => sum + Math.log(step), 0) +
        dot(half, half) / 2;
      const isSteady = within === STEPS[0]?.[0] && behind === pauses[0]?.[0];
      return [{ isSteady, means: solveUpper(lower, half), lower, log }];
    }),
  );
  const most = Math.max(...fits.map(({ log }) => log));
  const total = fits.reduce((sum, { log }) => sum + Math.exp(log - most), 0);
  return fits.map(({ log, ...fit }) => ({ ...fit, weight: Math.exp(log - most) / total }));
}

/** Of the measurements, and of a random walk from the first period on. */
function precisionOf({ information }: Layout, variance: number, steps: readonly number[]): Matrix {
  const ofStep = steps.map((step) => 1 / step ** 2);
  return information.map((row, i) =>
    row.map((value, j) => {
      const own = (ofStep[i] ?? 0) + (ofStep[i + 1] ?? 0);
      const between = Math.abs(i - j) === 1 ? -(ofStep[Math.max(i, j)] ?? 0) : 0;
      return value / variance + (i === j ? own : between);
    }),
  );
}

/** Within each hypothesis, and between them. */
function covarianceOf(shares: Matrix, fits: readonly Fit[], shifts: Float64Array): Matrix {
  const covariance = shares.map(() => new Float64Array(shares.length));
  for (const { weight, means, lower } of fits) {
    if (weight < 1e-4) continue;
    const halves = shares.map((share) => solveLower(lower, share));
    const off = shares.map((share, index) => dot(share, means) - (shifts[index] as number));
    for (const [i, row] of covariance.entries()) {
      for (let j = 0; j < row.length; j += 1) {
        const within = dot(halves[i] as Float64Array, halves[j] as Float64Array);
        row[j] = (row[j] as number) + weight * (within + (off[i] as number) * (off[j] as number));
      }
    }
  }
  return covariance;
}

function driftOf(
  periods: readonly Period[],
  levels: readonly number[],
  fits: readonly Fit[],
): Drift | null {
  const steady = fits.find(({ isSteady }) => isSteady)?.weight ?? 0;
  if (steady > NO_DRIFT_AT_MOST) return null;
  const every = [0, ...levels];
  const sizes = periods.map(({ residuals }) => residuals.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const center = dot(sizes, every) / total;
  const begins = periods.map(({ residuals }) => residuals[0]?.atMs ?? 0);
  return {
    swing: Math.exp(Math.max(...every) - Math.min(...every)) - 1,
    at: (atMs) => (every[begins.findLastIndex((fromMs) => fromMs <= atMs)] ?? 0) - center,
  };
}

/** Solves Lᵀ·x = b for a lower triangle L. */
function solveUpper(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < x.length; k += 1) {
      x[i] = (x[i] as number) - cell(lower, k, i) * (x[k] as number);
    }
    x[i] = (x[i] as number) / cell(lower, i, i);
  }
  return x;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1)
    sum += (a[index] as number) * (b[index] as number);
  return sum;
}
