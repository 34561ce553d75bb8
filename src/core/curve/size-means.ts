import { sampleVariance } from 'simple-statistics';
import { driftOf, type Drift } from '../statistics/drift.ts';
import { huberLocation } from '../statistics/huber.ts';
import { pooledGroups } from '../statistics/pooled-groups.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { randomIndex, seededRandom } from '../../contract/shared/random.ts';
import { UNKNOWN_SPREAD } from '../statistics/unknown-spread.ts';
import type { CurvePoint } from './fit-curve.ts';

/** Successful durations at one size. */
export interface SizeDurations {
  readonly memoryMb: number;
  readonly values: readonly { readonly durationMs: number; readonly atMs: number }[];
}

export interface SizeMeans {
  /** One for each size, in their order. */
  readonly points: readonly CurvePoint[];
  /** `null` where the run shows none. */
  readonly drift: Drift | null;
  /** Spread of the logarithm of one duration around its size, over all sizes. */
  readonly spread: number;
}

/** Noise of less than this is the clock's. */
const LEAST_SPREAD = 0.002;
/** How many values the pooled noise counts for, beside a size's own. */
const POOLED_WORTH = 8;
/** The shape of the noise may differ between sizes by this part of what it does to the mean. */
const SHAPES_DIFFER = 0.3;
const LEAST_DURATION_MS = 0.001;

interface Group {
  readonly memoryMb: number;
  readonly logs: readonly { readonly value: number; readonly atMs: number }[];
  location: number;
  /** Squared standard error of the location. */
  variance: number;
}

/**
 * The mean duration of each size for comparing sizes with each other. The mean of a few values with a tail
 * is a poor guide; but sizes of one function share the shape of their noise, so the mean is taken apart:
 * where a size lies (Huber's location of the logarithms, of the size alone) and what the shape of the
 * noise adds (pooled over sizes as far as they are alike; a size with many values keeps its own). Times
 * are put right for drift that all sizes share.
 *
 * @param sizes each with at least one value
 */
export function sizeMeans(sizes: readonly SizeDurations[]): SizeMeans {
  const raw = sizes.map(({ memoryMb, values }) => ({
    memoryMb,
    logs: values.map(({ durationMs, atMs }) => ({
      value: Math.log(Math.max(LEAST_DURATION_MS, durationMs)),
      atMs,
    })),
  }));
  const first = located(raw);
  const residuals = first.groups.flatMap(({ logs, location }) =>
    logs.map(({ value, atMs }) => ({ value: value - location, atMs })),
  );
  const drift = first.isKnown ? driftOf(residuals, first.spread) : null;
  const last = drift === null ? first : located(withoutDrift(raw, drift));
  return { points: withShape(last), drift, spread: last.spread };
}

function withoutDrift(
  groups: readonly Pick<Group, 'memoryMb' | 'logs'>[],
  drift: Drift,
): readonly Pick<Group, 'memoryMb' | 'logs'>[] {
  return groups.map(({ memoryMb, logs }) => ({
    memoryMb,
    logs: logs.map(({ value, atMs }) => ({ value: value - drift.at(atMs), atMs })),
  }));
}

interface Located {
  readonly groups: readonly Group[];
  readonly spread: number;
  /** Whether any size has values enough for a spread. */
  readonly isKnown: boolean;
}

function located(raw: readonly Pick<Group, 'memoryMb' | 'logs'>[]): Located {
  const sorted = raw.map(({ logs }) => logs.map(({ value }) => value).toSorted((a, b) => a - b));
  const distances = sorted.flatMap((values) => {
    const middle = quantileOf(values, 0.5);
    // Few values lie closer to their own middle than to the true one.
    const few = Math.sqrt(values.length / Math.max(1, values.length - 1));
    return values.length < 3 ? [] : values.map((value) => Math.abs(value - middle) * few);
  });
  const isKnown = distances.length > 0;
  const spread = isKnown
    ? Math.max(
        LEAST_SPREAD,
        1.4826 *
          quantileOf(
            distances.toSorted((a, b) => a - b),
            0.5,
          ),
      )
    : UNKNOWN_SPREAD;
  const locations = sorted.map((values) => huberLocation(values, spread));
  // Degrees of freedom and the squares that go with them, over all sizes.
  let squares = 0;
  let within = 0;
  let count = 0;
  let degrees = 0;
  for (const [index, values] of sorted.entries()) {
    squares += locations[index]?.squares ?? 0;
    within += locations[index]?.within ?? 0;
    count += values.length;
    degrees += values.length - 1;
  }
  const slope = Math.max(0.2, within / Math.max(1, count));
  const resampled = resampledVariances(sorted, spread);
  const pooled =
    degrees > 0 ? Math.max(LEAST_SPREAD ** 2, squares / degrees / slope ** 2, resampled.pooled) : 0;
  const groups = raw.map(({ memoryMb, logs }, index): Group => {
    const n = logs.length;
    const worth = Math.min(POOLED_WORTH, degrees);
    const own = Math.max(
      (locations[index]?.squares ?? 0) / slope ** 2,
      (resampled.own[index] ?? 0) * (n - 1),
    );
    const freedom = worth + n - 1;
    const one = freedom > 0 ? (worth * pooled + own) / freedom : UNKNOWN_SPREAD ** 2;
    // The variance itself is uncertain: Student's distribution is that much wider.
    const wider = freedom > 4 ? freedom / (freedom - 2) : 2;
    return {
      memoryMb,
      logs,
      location: locations[index]?.location ?? 0,
      variance: (Math.max(one, LEAST_SPREAD ** 2) * wider) / n,
    };
  });
  return { groups, spread, isKnown };
}

/** Above this many values the formula is right, and resampling takes long. */
const RESAMPLED_UP_TO = 80;
const RESAMPLES = 40;

/**
 * What one value adds to the variance of a location, by resampling. The formula for M-estimates is for many
 * values: with two humps and few values the location jumps between them, and only resampling shows it.
 *
 * @param sizes the values of each size
 */
function resampledVariances(
  sizes: readonly (readonly number[])[],
  spread: number,
): { readonly own: readonly number[]; readonly pooled: number } {
  let total = 0;
  let weights = 0;
  const own = sizes.map((values, index) => {
    const n = values.length;
    if (n < 3 || n > RESAMPLED_UP_TO) return 0;
    const random = seededRandom(n, index);
    const locations = Array.from({ length: RESAMPLES }, () => {
      const draw = Array.from({ length: n }, () => values[randomIndex(random, n)] as number);
      return huberLocation(
        draw.toSorted((a, b) => a - b),
        spread,
      ).location;
    });
    // Resamples scatter by √((n − 1) ÷ n) too little.
    const ofOne = (sampleVariance(locations) * n * n) / (n - 1);
    total += ofOne * (n - 1);
    weights += n - 1;
    return ofOne;
  });
  return { own, pooled: weights === 0 ? 0 : total / weights };
}

/** From locations of logarithms to means: what the tail and the spread of the noise add. */
function withShape({ groups }: Located): readonly CurvePoint[] {
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
    (SHAPES_DIFFER * Math.max(0, common - 1)) ** 2 + 1e-12,
  );
  return groups.map(({ memoryMb, location, variance: ofLocation }, index) => {
    const shape = pooled.groups[index];
    const factor = shape?.mean ?? 1;
    return {
      memoryMb,
      durationMs: Math.exp(location) * factor,
      relativeVariance: ofLocation + (shape?.ownVariance ?? 0) / factor ** 2,
    };
  });
}
