import {
  environmentEffects,
  type EnvironmentEffects,
  type GroupedResiduals,
} from '../statistics/environment-effects.ts';
import { strataOf, type Stratum } from '../payload/payload-weights.ts';
import { farValues } from '../statistics/far-values.ts';
import { locate, type Group, type Located, type RawGroup } from './locate-groups.ts';
import { joinMeans, shapedMeans, type ShapedMean } from './shaped-means.ts';
import { timeEffects, type Drift, type Part, type TimeEffects } from './time-effects.ts';
import type { Matrix } from './cholesky.ts';

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

export interface SizePoint extends ShapedMean {
  /** The part of the relative variance that more invocations of the same environments leave as it is. */
  readonly environmentVariance: number;
}

export interface SizeMeans {
  /** One for each size, in their order. */
  readonly points: readonly SizePoint[];
  /** `null` where the run shows none. */
  readonly drift: Drift | null;
  /**
   * Relative covariance of what the times of measuring make of each size, beside the run as a whole; `null`
   * where all were measured at the same time.
   */
  readonly timeCovariance: Matrix | null;
  /** Spread of the logarithm of one duration around its size, over all sizes. */
  readonly spread: number;
  /** What environments add to it. */
  readonly environments: EnvironmentEffects;
  /** How many durations lie far beyond where their size does. */
  readonly farCount: number;
}

const LEAST_DURATION_MS = 0.001;

/**
 * Returns the mean duration of each size for comparing sizes with each other. The mean of a few values with a
 * tail is a poor guide; but sizes of one function share the shape of their noise, so the mean is taken apart:
 * where a size lies (the trimmed mean of the logarithms that suits the noise best, of the size alone) and
 * what the shape of the noise adds (pooled over sizes as far as they are alike; a size with many values keeps
 * its own). Times are put right for drift that all sizes share, and what environments differ by is in the
 * variance of every mean. Payloads are kept apart until the end, where they come together by their shares:
 * what is of one payload scatters, what is between them does not.
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
  const partsOf = (own: number): readonly Part[] =>
    cells.flatMap(({ memoryMb, share }, group) => (memoryMb === own ? [{ group, share }] : []));
  // Payloads come together by their shares.
  const time = first.isKnown
    ? timeEffectsOn(
        first,
        sizes.map(({ memoryMb }) => partsOf(memoryMb)),
      )
    : null;
  // What lies beyond the others because of its time alone is no tail: then values are put right one by one.
  const isRight = time?.isLarge ?? false;
  const last = time !== null && isRight ? locate(withoutTimes(raw, time)) : first;
  // Whatever the payload, it is the same environments that serve a size.
  const bySize = sizes.map(({ memoryMb, environmentCount = 1 }) => ({
    environmentCount,
    values: last.groups
      .filter((group) => group.memoryMb === memoryMb)
      .flatMap((group) => residualsOf(group, isRight ? null : time)),
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
    const own = joinMeans(means.filter((mean) => mean.memoryMb === memoryMb));
    const atOtherTimes = isRight ? 0 : (time?.shifts[index] ?? 0);
    const effect = environments.groups[index];
    const environmentVariance = effect?.variance ?? 0;
    return {
      memoryMb,
      durationMs: own.durationMs * Math.exp((effect?.shift ?? 0) - atOtherTimes),
      relativeVariance: own.relativeVariance + environmentVariance,
      environmentVariance,
      sharedVariance: own.sharedVariance,
      farReach: own.farReach,
    };
  });
  return {
    points,
    drift: time?.drift ?? null,
    timeCovariance: time?.covariance ?? null,
    spread: last.spread,
    environments,
    farCount: far.count,
  };
}

function timeEffectsOn(
  { groups, spread }: Located,
  means: readonly (readonly Part[])[],
): TimeEffects | null {
  const residuals = groups.flatMap(({ logs, location }, group) =>
    logs.map(({ value, atMs, environment }) => {
      return { value: value - location, atMs, durationMs: Math.exp(value), group, environment };
    }),
  );
  return timeEffects(residuals, groups.length, means, spread);
}

/** Returns the values of one size by their payloads. */
function cellsOf({
  memoryMb,
  values,
  environmentCount = 1,
}: SizeDurations): readonly (Stratum<
  TimedValue & { readonly payload: number; readonly weight: number }
> & { readonly memoryMb: number; readonly environmentCount: number })[] {
  const weighed = values.map(({ durationMs, atMs, environment, payload = 0, weight = 1 }) => {
    return { durationMs, atMs, environment: environment ?? null, payload, weight };
  });
  return strataOf(weighed).map((stratum) => ({ ...stratum, memoryMb, environmentCount }));
}

/** @param time what is to be taken from residuals yet */
function residualsOf(
  { logs, location }: Group,
  time: TimeEffects | null,
): GroupedResiduals['values'] {
  return logs.map(({ value, atMs, environment }) => ({
    value: value - location - (time?.at(atMs) ?? 0),
    atMs,
    environment,
  }));
}

function withoutTimes(groups: readonly RawGroup[], time: TimeEffects): readonly RawGroup[] {
  return groups.map((group) => ({
    ...group,
    logs: group.logs.map((each) => ({ ...each, value: each.value - time.at(each.atMs) })),
  }));
}
