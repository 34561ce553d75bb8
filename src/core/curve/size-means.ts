import { driftOf, type Drift } from '../statistics/drift.ts';
import {
  environmentEffects,
  type EnvironmentEffects,
  type GroupedResiduals,
} from '../statistics/environment-effects.ts';
import { strataOf, type Stratum } from '../payload/payload-weights.ts';
import { farValues } from '../statistics/far-values.ts';
import { pooledGroups } from '../statistics/pooled-groups.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { chooseTrim, trimmedLocation } from '../statistics/trimmed-location.ts';
import { UNKNOWN_SPREAD } from '../statistics/unknown-spread.ts';
import type { CurvePoint } from './fit-curve.ts';

/** One successful invocation. */
export interface TimedValue {
  readonly durationMs: number;
  readonly atMs: number;
  /** Which environment served it; `null` or left out where no log tells. */
  readonly environment?: number | null;
  /** Index of its payload, and what it counts for: see `payload-weights.ts`. @default 0 and 1 */
  readonly payload?: number;
  readonly weight?: number;
}

/** Successful durations at one size. */
export interface SizeDurations {
  readonly memoryMb: number;
  readonly values: readonly TimedValue[];
  /** How many environments served the size, where logs do not tell which served what. */
  readonly environmentCount?: number;
}

export interface SizePoint extends CurvePoint {
  /** The part of the relative variance that more invocations of the same environments leave as it is. */
  readonly environmentVariance: number;
  /**
   * Relative variance of what all sizes share: how far the shape of their noise may be off. It decides nothing
   * between sizes, and is not in `relativeVariance`; how long one takes is off by it.
   */
  readonly sharedVariance: number;
  /** By how much more, relative, values far beyond the others may raise the mean: upwards only. */
  readonly farReach: number;
}

export interface SizeMeans {
  /** One for each size, in their order. */
  readonly points: readonly SizePoint[];
  /** `null` where the run shows none. */
  readonly drift: Drift | null;
  /** Spread of the logarithm of one duration around its size, over all sizes. */
  readonly spread: number;
  /** What environments add to it. */
  readonly environments: EnvironmentEffects;
  /** How many durations lie far beyond where their size does. */
  readonly farCount: number;
}

/** Noise of less than this is the clock's. */
const LEAST_SPREAD = 0.002;
/** How many values the pooled noise counts for, beside a size's own. */
const POOLED_WORTH = 8;
/** The shape of the noise may differ between sizes by this part of what it does to the mean. */
const SHAPES_DIFFER = 0.1;
const LEAST_DURATION_MS = 0.001;

interface RawGroup {
  readonly memoryMb: number;
  readonly logs: readonly {
    readonly value: number;
    readonly atMs: number;
    readonly environment: number | null;
  }[];
  readonly environmentCount: number;
}

interface Group extends RawGroup {
  readonly location: number;
  /** Squared standard error of the location, for independent values. */
  readonly variance: number;
}

/**
 * The mean duration of each size for comparing sizes with each other. The mean of a few values with a tail
 * is a poor guide; but sizes of one function share the shape of their noise, so the mean is taken apart:
 * where a size lies (the trimmed mean of the logarithms that suits the noise best, of the size alone) and
 * what the shape of the noise adds (pooled over sizes as far as they are alike; a size with many values
 * keeps its own). Times are put right for drift that all sizes share, and what environments differ by is in
 * the variance of every mean. Payloads are kept apart until the end, where they come together by their
 * shares: what is of one payload scatters, what is between them does not.
 *
 * @param sizes each with at least one value
 */
export function sizeMeans(sizes: readonly SizeDurations[]): SizeMeans {
  const cells = sizes.flatMap(cellsOf);
  const raw = cells.map(({ memoryMb, values, environmentCount }): RawGroup => ({
    memoryMb,
    environmentCount,
    logs: values.map(({ durationMs, atMs, environment = null }) => ({
      value: Math.log(Math.max(LEAST_DURATION_MS, durationMs)),
      atMs,
      environment,
    })),
  }));
  const first = locate(raw);
  const residuals = first.groups.flatMap(({ logs, location }) =>
    logs.map(({ value, atMs }) => ({ value: value - location, atMs })),
  );
  const drift = first.isKnown ? driftOf(residuals, first.spread) : null;
  const last = drift === null ? first : locate(withoutDrift(raw, drift));
  // Whatever the payload, it is the same environments that serve a size.
  const bySize = sizes.map(({ memoryMb, environmentCount = 1 }) => ({
    environmentCount,
    values: last.groups.filter((group) => group.memoryMb === memoryMb).flatMap(residualsOf),
  }));
  const environments = environmentEffects(bySize, last.spread);
  const far = farValues(last.residuals);
  // A size that is alone has its own interval, and nothing to borrow.
  const reach = sizes.length < 2 ? 0 : far.reach;
  const means = shapedMeans(last.groups, reach).map((mean, index) => ({
    ...mean,
    share: cells[index]?.share ?? 1,
  }));
  const points = sizes.map(({ memoryMb }, index): SizePoint => {
    const own = together(means.filter((mean) => mean.memoryMb === memoryMb));
    const effect = environments.groups[index];
    const environmentVariance = effect?.variance ?? 0;
    return {
      memoryMb,
      durationMs: own.durationMs * Math.exp(effect?.shift ?? 0),
      relativeVariance: own.relativeVariance + environmentVariance,
      environmentVariance,
      sharedVariance: own.sharedVariance,
      farReach: own.farReach,
    };
  });
  return { points, drift, spread: last.spread, environments, farCount: far.count };
}

/** The values of one size by their payloads. */
function cellsOf({
  memoryMb,
  values,
  environmentCount = 1,
}: SizeDurations): readonly (Stratum<
  TimedValue & { readonly payload: number; readonly weight: number }
> & { readonly memoryMb: number; readonly environmentCount: number })[] {
  const weighed = values.map((value) => ({ payload: 0, weight: 1, ...value }));
  return strataOf(weighed).map((stratum) => ({ ...stratum, memoryMb, environmentCount }));
}

/** The mean of a size from those of its payloads. */
function together(
  cells: readonly (ShapedMean & { readonly share: number })[],
): Omit<ShapedMean, 'memoryMb'> {
  const [first] = cells;
  if (first !== undefined && cells.length === 1) return first;
  const durationMs = cells.reduce((sum, cell) => sum + cell.share * cell.durationMs, 0);
  const variance = cells.reduce(
    (sum, cell) => sum + (cell.share * cell.durationMs) ** 2 * cell.relativeVariance,
    0,
  );
  // What is shared is off by as much for every payload.
  const shared = cells.reduce(
    (sum, cell) => sum + cell.share * cell.durationMs * Math.sqrt(cell.sharedVariance),
    0,
  );
  return {
    durationMs,
    relativeVariance: variance / durationMs ** 2,
    sharedVariance: (shared / durationMs) ** 2,
    farReach:
      cells.reduce((sum, cell) => sum + cell.share * cell.durationMs * cell.farReach, 0) /
      durationMs,
  };
}

function residualsOf({ logs, location }: Group): GroupedResiduals['values'] {
  return logs.map(({ value, atMs, environment }) => ({
    value: value - location,
    atMs,
    environment,
  }));
}

function withoutDrift(groups: readonly RawGroup[], drift: Drift): readonly RawGroup[] {
  return groups.map((group) => ({
    ...group,
    logs: group.logs.map((each) => ({ ...each, value: each.value - drift.at(each.atMs) })),
  }));
}

interface Located {
  readonly groups: readonly Group[];
  /** Ascending, around where each group lies; of groups with values enough. */
  readonly residuals: Float64Array;
  readonly spread: number;
  /** Whether any size has values enough for a spread. */
  readonly isKnown: boolean;
}

function locate(raw: readonly RawGroup[]): Located {
  const sorted = raw.map(({ logs }) => Float64Array.from(logs, ({ value }) => value).sort());
  const counts = sorted.map(({ length }) => length);
  const aroundMedians = residualsAround(
    sorted,
    sorted.map((values) => quantileOf(values, 0.5)),
  );
  if (aroundMedians.length === 0) {
    return {
      isKnown: false,
      residuals: aroundMedians,
      spread: UNKNOWN_SPREAD,
      groups: raw.map((group, index) => ({
        ...group,
        location: trimmedLocation(sorted[index] as Float64Array, { below: 0, above: 0 }),
        variance: (2 * UNKNOWN_SPREAD ** 2) / (counts[index] as number),
      })),
    };
  }
  // Medians of few values of two humps jump; around what the noise is located by best they do less.
  const roughly = locationsOf(sorted, aroundMedians);
  const residuals = residualsAround(sorted, roughly.locations);
  const { locations, scatterOf } = locationsOf(sorted, residuals);
  const spread = Math.max(LEAST_SPREAD, spreadOf(residuals));
  const relative = relativeSpreads(sorted, locations, residuals);
  return {
    isKnown: true,
    residuals: residualsAround(sorted, locations),
    spread,
    groups: raw.map((group, index) => {
      const n = counts[index] as number;
      const { own, freedom } = relative[index] as { own: number; freedom: number };
      // The variance itself is uncertain: Student's distribution is that much wider.
      const wider = freedom > 4 ? freedom / (freedom - 2) : 2;
      const variance = Math.max(LEAST_SPREAD ** 2 / n, own * scatterOf(n).variance);
      return { ...group, location: locations[index] as number, variance: variance * wider };
    }),
  };
}

function locationsOf(
  sorted: readonly Float64Array[],
  residuals: Float64Array,
): ReturnType<typeof chooseTrim> & { readonly locations: readonly number[] } {
  const chosen = chooseTrim(
    residuals,
    sorted.map(({ length }) => length),
  );
  const locations = sorted.map(
    (values) => trimmedLocation(values, chosen.trim) - chosen.scatterOf(values.length).bias,
  );
  return { ...chosen, locations };
}

/** Ascending; of sizes with enough values to have a spread. Few lie closer to their own middle than to the true one. */
function residualsAround(
  sorted: readonly Float64Array[],
  locations: readonly number[],
): Float64Array {
  const enough = sorted.map(({ length }) => (length < 3 ? 0 : length));
  const residuals = new Float64Array(enough.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const [index, values] of sorted.entries()) {
    const n = enough[index] as number;
    const few = Math.sqrt(n / (n - 1));
    for (let i = 0; i < n; i += 1, at += 1) {
      residuals[at] = ((values[i] as number) - (locations[index] as number)) * few;
    }
  }
  return residuals.sort();
}

/** Robust: of the distances from the middle. */
function spreadOf(residuals: Float64Array): number {
  const middle = quantileOf(residuals, 0.5);
  const distances = residuals.map((value) => Math.abs(value - middle)).sort();
  return 1.4826 * quantileOf(distances, 0.5);
}

/** Beyond these quantiles of all residuals, values count as lying on them. */
const WINSORIZED = 0.1;

/** How much more or less than all together each size scatters (squared), and degrees of freedom of that. */
function relativeSpreads(
  sorted: readonly Float64Array[],
  locations: readonly number[],
  residuals: Float64Array,
): readonly { readonly own: number; readonly freedom: number }[] {
  const low = quantileOf(residuals, WINSORIZED);
  const high = quantileOf(residuals, 1 - WINSORIZED);
  const squaresOf = (values: ArrayLike<number>, location: number): number => {
    let [sum, squares] = [0, 0];
    for (let index = 0; index < values.length; index += 1) {
      const value = Math.max(low, Math.min(high, (values[index] as number) - location));
      sum += value;
      squares += value * value;
    }
    return squares - (sum * sum) / values.length;
  };
  const pooled = Math.max(
    LEAST_SPREAD ** 2,
    squaresOf(residuals, 0) / Math.max(1, residuals.length - 1),
  );
  const degrees = sorted.reduce((sum, { length }) => sum + length - 1, 0);
  const worth = Math.min(POOLED_WORTH, degrees);
  return sorted.map((values, index) => {
    const freedom = worth + values.length - 1;
    const own = squaresOf(values, locations[index] as number) / pooled;
    return { own: (worth + own) / Math.max(1, freedom), freedom };
  });
}

type ShapedMean = CurvePoint & Pick<SizePoint, 'sharedVariance' | 'farReach'>;

/** From locations of logarithms to means: what the tail and the spread of the noise add. */
function shapedMeans(groups: readonly Group[], farReach: number): readonly ShapedMean[] {
  const factors = groups.map(({ logs, location }) => {
    const values = logs.map(({ value }) => Math.exp(value - location));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, squares, count: values.length };
  });
  const degrees = factors.reduce((sum, { count }) => sum + count - 1, 0);
  const total = factors.reduce((sum, { count }) => sum + count, 0);
  const common = factors.reduce((sum, { mean, count }) => sum + mean * count, 0) / total;
  const variance =
    degrees > 0 ? factors.reduce((sum, { squares }) => sum + squares, 0) / degrees : 0;
  const pooled = pooledGroups(
    factors.map(({ mean, count }) => ({ mean, variance: Math.max(1e-10, variance / count) })),
    (SHAPES_DIFFER * Math.abs(common - 1)) ** 2 + 1e-12,
  );
  return groups.map(({ memoryMb, location, variance: ofLocation }, index) => {
    const shape = pooled.groups[index];
    const factor = shape?.mean ?? 1;
    const sharedVariance = Math.max(0, (shape?.variance ?? 0) - (shape?.ownVariance ?? 0));
    // As much of the shape as the size does not know by itself.
    const borrowed = Math.sqrt(sharedVariance / (pooled.common.variance || 1));
    return {
      memoryMb,
      durationMs: Math.exp(location) * factor,
      relativeVariance: ofLocation + (shape?.ownVariance ?? 0) / factor ** 2,
      sharedVariance: sharedVariance / factor ** 2,
      farReach: (Math.min(1, borrowed) * farReach) / factor,
    };
  });
}
