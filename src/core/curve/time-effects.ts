import { boundedResiduals } from './bounded-residuals.ts';
import { cell, solveLower, type Matrix } from './cholesky.ts';
import { add } from './free-groups.ts';
import { sharesBesideRun, tabulate } from './time-layout.ts';
import { timePeriods, type Period, type Residual } from './time-periods.ts';
import { fitSteps, type Fit } from './time-steps.ts';

/** How everything together became slower and faster in the course of a run. */
export interface Drift {
  /** Slowest period ÷ fastest one − 1. */
  readonly swing: number;
  /** Standard deviation of what it makes of the logarithm of a duration, over all of them. */
  readonly spread: number;
}

/** A part of a mean: a group of residuals, and what it counts for in the mean. */
export interface Part {
  readonly group: number;
  readonly share: number;
}

/** What the time of measuring does to durations, beside the run as a whole. */
export interface TimeEffects {
  /** What to take from the logarithm of a duration at a time. */
  readonly at: (atMs: number) => number;
  /** Whether some of that is more than noise hides: what lies beyond the others then is no tail. */
  readonly isLarge: boolean;
  /** What to take from the location of each mean, where values were left as they are. */
  readonly shifts: Float64Array;
  /** How uncertain that is, and how far the means share it. */
  readonly covariance: Matrix;
  /** `null` where nothing but noise is to be seen. */
  readonly drift: Drift | null;
}

/** A drift is told once it is improbable that there is none. */
const NO_DRIFT_AT_MOST = 0.005;
/** Periods of fewer values lie where their noise is: they make no swing. */
const FEWEST_OF_A_SWING = 4;
/** A period that lies this many spreads from the run as a whole moves what counts as far out. */
const LARGE = 0.5;

/**
 * Compares periods of time over all sizes together: what changes with time changes for all. Sizes are
 * measured interleaved within a round, but a size that comes in with a later round, or alone is measured
 * again, was measured at another time: what the machines do then looks like a property of that size. So each
 * size and each period have an effect of their own (a two-way layout); a size's is free, and periods take
 * steps at random (a random walk), the typical step of which, within rounds and between them, is averaged over
 * by how probable it makes what was seen. Sizes that were measured in several periods tell them apart, the
 * less the more the environments that served them then differ; how far they cannot is in the covariance.
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
  const bounded = boundedResiduals(periods, groups, spread);
  const table = tabulate(bounded.residuals, groups, periods.length);
  const behindPause = periods.slice(1).map(({ isAfterPause }) => isAfterPause);
  const fits = fitSteps(table, behindPause, bounded.spread);
  const levels = behindPause.map((_, period) =>
    fits.reduce((sum, { weight, means }) => sum + weight * (means[period] as number), 0),
  );
  const shares = sharesOfMeans(sharesBesideRun(table), means);
  const shifts = Float64Array.from(shares, (share) => dot(share, levels));
  const besideRun = levelsBesideRun(periods, levels);
  const begins = periods.map((period) => period.residuals[0]?.atMs ?? 0);
  return {
    at: (atMs) =>
      besideRun[
        Math.max(
          0,
          begins.findLastIndex((fromMs) => fromMs <= atMs),
        )
      ] ?? 0,
    isLarge: besideRun.some((level) => Math.abs(level) > LARGE * bounded.spread),
    shifts,
    covariance: covarianceOf(shares, fits, shifts),
    drift: driftOf(periods, besideRun, fits),
  };
}

/** Joins groups first: a size of a hundred payloads then costs what a size of one does. */
function sharesOfMeans(ofGroups: Matrix, means: readonly (readonly Part[])[]): Matrix {
  const periods = ofGroups[0]?.length ?? 0;
  return means.map((parts) => {
    const joined = new Float64Array(periods);
    for (const { group, share } of parts) {
      for (let period = 0; period < periods; period += 1) {
        add(joined, period, share * cell(ofGroups, group, period));
      }
    }
    return joined;
  });
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
        add(row, j, weight * (within + (off[i] as number) * (off[j] as number)));
      }
    }
  }
  return covariance;
}

function levelsBesideRun(periods: readonly Period[], levels: readonly number[]): readonly number[] {
  const every = [0, ...levels];
  const sizes = periods.map(({ residuals }) => residuals.length);
  const center = dot(sizes, every) / sizes.reduce((sum, size) => sum + size, 0);
  return every.map((level) => level - center);
}

function driftOf(
  periods: readonly Period[],
  levels: readonly number[],
  fits: readonly Fit[],
): Drift | null {
  const steady = fits.reduce((sum, { isSteady, weight }) => sum + (isSteady ? weight : 0), 0);
  if (steady > NO_DRIFT_AT_MOST) return null;
  const full = levels.filter(
    (_, index) => (periods[index]?.residuals.length ?? 0) >= FEWEST_OF_A_SWING,
  );
  const told = full.length < 2 ? levels : full;
  const sizes = periods.map(({ residuals }) => residuals.length);
  const squares = dot(
    sizes,
    levels.map((level) => level * level),
  );
  return {
    swing: Math.exp(Math.max(...told) - Math.min(...told)) - 1,
    spread: Math.sqrt(squares / sizes.reduce((sum, size) => sum + size, 0)),
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1)
    sum += (a[index] as number) * (b[index] as number);
  return sum;
}
