import { fitCurve, type Curve, type CurveBelief } from '../curve/fit-curve.ts';
import { sizeMeans, type SizePoint } from '../curve/size-means.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Matrix } from '../curve/cholesky.ts';
import type { Drift } from '../curve/time-effects.ts';
import type { EnvironmentEffects } from '../statistics/environment-effects.ts';
import { seededRandom, standardNormal } from '../../contract/shared/random.ts';
import { addedToDuration, meanOf } from './added-to-duration.ts';
import { coldModel, type ColdModel } from './cold-model.ts';
import type { Pricing, SizeSample } from './size-sample.ts';

/** What is believed of one size, for comparing it with others. */
export interface Belief {
  readonly memoryMb: number;
  readonly count: number;
  readonly durationMs: number;
  /** Of one invocation, cold ones at their share. */
  readonly costUsd: number;
  /** Standard deviation of the belief in the duration ÷ its mean. */
  readonly relativeError: number;
  /** What that leaves out, since it is the same for every size: how far the shape of the noise may be off. */
  readonly sharedError: number;
  /** By how much more, relative, values far beyond the others may raise the mean. */
  readonly farReach: number;
  /** The part of its square, from 0 to 1, that more invocations of the same environments leave as it is. */
  readonly environmentPart: number;
  /**
   * Independent values that as many invocations of so few environments are worth, as a part of their number;
   * 1 where nothing tells environments apart.
   */
  readonly effectiveShare: number;
  /** Entry i of every size's columns is from one draw of the whole curve. */
  readonly draws: { readonly durationMs: Float64Array; readonly costUsd: Float64Array };
}

export interface Beliefs {
  readonly sizes: readonly Belief[];
  readonly curve: Curve;
  readonly drift: Drift | null;
  readonly cold: ColdModel | null;
  /** Spread of the logarithm of one duration. */
  readonly spread: number;
  /** How many durations lie far beyond where their size does. */
  readonly farCount: number;
  /** What environments add to the error of each size that was seen. */
  readonly environments: SeenEnvironments;
}

export interface SeenEnvironments {
  readonly degrees: number;
  readonly bySize: ReadonlyMap<number, EnvironmentEffects['groups'][number]>;
}

export interface BeliefTerms extends Pricing {
  readonly basis: 'warm' | 'cold';
  /** Weight of cold invocations in the cost. */
  readonly coldShare: number;
  readonly seed: number;
  readonly draws: number;
  /** Sizes that were not measured, to be judged by the curve alone. */
  readonly unseen?: readonly number[];
}

/** First runs of a handler vary by as much at least. */
const COLD_SPREAD = 0.1;

/**
 * Returns everything known about every size, together: means from {@link sizeMeans}, brought together by the
 * curve, and their prices. Rounding up to whole milliseconds and cold starts are priced in.
 *
 * @param samples each with a successful invocation, at least one of them of the basis
 */
export function believe(samples: readonly SizeSample[], terms: BeliefTerms): Beliefs {
  const { basis } = terms;
  const { points, drift, timeCovariance, spread, environments, farCount } = measuredPoints(
    samples,
    basis,
  );
  const byPoint = new Map(points.map((point) => [point.memoryMb, point]));
  const curve = fitCurve(points, timeCovariance);
  const sizes = [...samples.map(({ memoryMb }) => memoryMb), ...(terms.unseen ?? [])];
  const belief = curve.at(sizes);
  const warmMs = new Map(sizes.map((memoryMb, index) => [memoryMb, belief.durationsMs[index]]));
  const cold = basis === 'warm' ? coldModel(samples, (size) => warmMs.get(size) ?? null) : null;
  const prices = pricesOf(samples, sizes, terms, cold);
  const columns = drawColumns(belief, prices, terms, cold);
  return {
    curve,
    drift,
    cold,
    spread,
    environments,
    farCount,
    sizes: sizes.map((memoryMb, index): Belief => {
      const count = samples[index]?.[basis].length ?? 0;
      const point = byPoint.get(memoryMb);
      const durationMs = belief.durationsMs[index] as number;
      const certain = environments.bySize.get(memoryMb)?.certainVariance ?? 0;
      return {
        memoryMb,
        count,
        durationMs,
        costUsd: (prices[index] as PriceOf)(durationMs, 1),
        relativeError: belief.relativeErrors[index] as number,
        sharedError: Math.sqrt(point?.sharedVariance ?? 0),
        farReach: point?.farReach ?? 0,
        environmentPart: environmentPart(point),
        effectiveShare: effectiveShare(count, spread, certain),
        draws: columns[index] as Belief['draws'],
      };
    }),
  };
}

/**
 * Prices one invocation that takes so long, at its size.
 *
 * @param coldFactor how much longer than the model a cold one is billed
 * @param off by how many standard errors the mean of what is added to the duration is off
 */
type PriceOf = (durationMs: number, coldFactor: number, off?: number) => number;

function pricesOf(
  samples: readonly SizeSample[],
  sizes: readonly number[],
  { basis, coldShare, prices, ephemeralStorageMb }: BeliefTerms,
  cold: ColdModel | null,
): readonly PriceOf[] {
  const share = cold === null ? 0 : coldShare;
  return sizes.map((memoryMb, index): PriceOf => {
    const { ms, error } = addedToDuration(samples[index]?.[basis], basis);
    const coldBilledMs = cold?.at(memoryMb) ?? (() => 0);
    return (durationMs, coldFactor, off = 0) => {
      const coldMs = coldBilledMs(durationMs) * coldFactor;
      const billedMs = (1 - share) * (durationMs + Math.max(0, ms + off * error)) + share * coldMs;
      return invocationCostUsd(prices, { billedMs, memoryMb, ephemeralStorageMb });
    };
  });
}

/** Draws whole curves, with what each size then costs. */
function drawColumns(
  belief: CurveBelief,
  prices: readonly PriceOf[],
  { seed, draws: count }: BeliefTerms,
  cold: ColdModel | null,
): readonly Belief['draws'][] {
  const columns = Array.from(belief.durationsMs, () => ({
    durationMs: new Float64Array(count),
    costUsd: new Float64Array(count),
  }));
  const random = seededRandom(seed, 'beliefs');
  const randomOfRounding = seededRandom(seed, 'rounding of beliefs');
  for (let draw = 0; draw < count; draw += 1) {
    const durations = belief.draw(random);
    const coldFactor = Math.max(0.1, 1 + (cold?.relativeError ?? 0) * standardNormal(random));
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as Belief['draws'];
      const durationMs = durations[index] as number;
      column.durationMs[draw] = durationMs;
      const off = standardNormal(randomOfRounding);
      column.costUsd[draw] = (prices[index] as PriceOf)(durationMs, coldFactor, off);
    }
  }
  return columns;
}

function environmentPart(point: SizePoint | undefined): number {
  if (point === undefined || !(point.relativeVariance > 0)) return 0;
  return point.environmentVariance / point.relativeVariance;
}

/**
 * Returns the points of the curve. A size that was seen cold only (long invocations, each on an environment
 * of its own) takes part too: first runs take about the same multiple of warm ones at every size.
 */
function measuredPoints(
  samples: readonly SizeSample[],
  basis: 'warm' | 'cold',
): Pick<Beliefs, 'drift' | 'spread' | 'environments' | 'farCount'> & {
  readonly points: readonly SizePoint[];
  readonly timeCovariance: Matrix | null;
} {
  const seen = samples.filter((sample) => sample[basis].length > 0);
  const { environments: effects, ...means } = sizeMeans(
    seen.map((sample) => ({
      memoryMb: sample.memoryMb,
      values: sample[basis],
      environmentCount: sample.environmentCount,
    })),
  );
  const environments: SeenEnvironments = {
    degrees: effects.degrees,
    bySize: new Map(
      effects.groups.map((group, index) => [seen[index]?.memoryMb ?? 0, group] as const),
    ),
  };
  if (basis === 'cold') return { ...means, environments };
  const bySize = new Map(means.points.map((point) => [point.memoryMb, point]));
  const cold = coldModel(samples, (memoryMb) => bySize.get(memoryMb)?.durationMs ?? null);
  const points = samples.map((sample): SizePoint => {
    const { memoryMb } = sample;
    const known = bySize.get(memoryMb);
    if (known !== undefined) return known;
    const firstRunMs = meanOf(sample.cold, ({ durationMs }) => durationMs);
    const spread = Math.max(means.spread, COLD_SPREAD);
    return {
      memoryMb,
      durationMs: firstRunMs / (cold?.handlerFactor ?? 1),
      relativeVariance: spread ** 2 / sample.cold.length + (cold?.handlerError ?? 0) ** 2,
      environmentVariance: 0,
      sharedVariance: 0,
      farReach: 0,
    };
  });
  return {
    ...means,
    points,
    environments,
    timeCovariance: spreadOver(samples, seen, means.timeCovariance),
  };
}

/** Sizes that were seen cold only share nothing with the others. */
function spreadOver(
  samples: readonly SizeSample[],
  seen: readonly SizeSample[],
  covariance: Matrix | null,
): Matrix | null {
  if (covariance === null || seen.length === samples.length) return covariance;
  const places = samples.map((sample) => seen.indexOf(sample));
  return places.map((row) => Float64Array.from(places, (column) => covariance[row]?.[column] ?? 0));
}

/** Kish's design effect (Survey Sampling, 1965), as the part of the values that it leaves. */
function effectiveShare(count: number, spread: number, ofEnvironments: number): number {
  if (count === 0 || ofEnvironments === 0) return 1;
  const ofValues = spread ** 2 / count;
  return ofValues / (ofValues + ofEnvironments);
}
