import { fitCurve, type Curve } from '../curve/fit-curve.ts';
import { sizeMeans, type SizePoint } from '../curve/size-means.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Drift } from '../statistics/drift.ts';
import type { EnvironmentEffects } from '../statistics/environment-effects.ts';
import { seededRandom, standardNormal } from '../../contract/shared/random.ts';
import { coldModel, type ColdModel } from './cold-model.ts';
import { weightedMean } from '../statistics/weighted.ts';
import { weightedBy, type Measured, type Pricing, type SizeSample } from './size-sample.ts';

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
  const { basis, seed, draws: count } = terms;
  const { points, drift, spread, environments, farCount } = measuredPoints(samples, basis);
  const ofEnvironments = new Map(
    points.map(({ memoryMb, environmentVariance, relativeVariance }) => [
      memoryMb,
      relativeVariance > 0 ? environmentVariance / relativeVariance : 0,
    ]),
  );
  const byPoint = new Map(points.map((point) => [point.memoryMb, point]));
  const curve = fitCurve(points);
  const sizes = [...samples.map(({ memoryMb }) => memoryMb), ...(terms.unseen ?? [])];
  const belief = curve.at(sizes);
  const warmMs = new Map(sizes.map((memoryMb, index) => [memoryMb, belief.durationsMs[index]]));
  const cold = basis === 'warm' ? coldModel(samples, (size) => warmMs.get(size) ?? null) : null;
  const share = cold === null ? 0 : terms.coldShare;
  const added = sizes.map((_, index) => addedToDuration(samples[index]?.[basis], basis));
  const priceOf = (index: number, durationMs: number, coldFactor: number, off = 0): number => {
    const memoryMb = sizes[index] ?? 0;
    const { ms, error } = added[index] ?? NOTHING_ADDED;
    const coldMs = cold === null ? 0 : cold.billedMs(memoryMb, durationMs) * coldFactor;
    const billedMs = (1 - share) * (durationMs + Math.max(0, ms + off * error)) + share * coldMs;
    return invocationCostUsd(terms.prices, {
      billedMs,
      memoryMb,
      ephemeralStorageMb: terms.ephemeralStorageMb,
    });
  };
  const columns = sizes.map(() => ({
    durationMs: new Float64Array(count),
    costUsd: new Float64Array(count),
  }));
  const random = seededRandom(seed, 'beliefs');
  const randomOfRounding = seededRandom(seed, 'rounding of beliefs');
  for (let draw = 0; draw < count; draw += 1) {
    const durations = belief.draw(random);
    const coldFactor = Math.max(0.1, 1 + (cold?.relativeError ?? 0) * standardNormal(random));
    for (const [index, column] of columns.entries()) {
      const durationMs = durations[index] as number;
      column.durationMs[draw] = durationMs;
      const off = standardNormal(randomOfRounding);
      column.costUsd[draw] = priceOf(index, durationMs, coldFactor, off);
    }
  }
  return {
    curve,
    drift,
    cold,
    spread,
    environments,
    farCount,
    sizes: sizes.map((memoryMb, index) => ({
      memoryMb,
      count: samples[index]?.[basis].length ?? 0,
      durationMs: belief.durationsMs[index] as number,
      costUsd: priceOf(index, belief.durationsMs[index] as number, 1),
      relativeError: belief.relativeErrors[index] as number,
      sharedError: Math.sqrt(byPoint.get(memoryMb)?.sharedVariance ?? 0),
      farReach: byPoint.get(memoryMb)?.farReach ?? 0,
      environmentPart: ofEnvironments.get(memoryMb) ?? 0,
      effectiveShare: effectiveShare(
        samples[index]?.[basis].length ?? 0,
        spread,
        environments.bySize.get(memoryMb)?.certainVariance ?? 0,
      ),
      draws: columns[index] as Belief['draws'],
    })),
  };
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
  return { ...means, points, environments };
}

/** By the shares of payloads. */
function meanOf(values: readonly Measured[], figure: (value: Measured) => number): number {
  return weightedMean(weightedBy(values, figure)) ?? 0;
}

/** Kish's design effect (Survey Sampling, 1965), as the part of the values that it leaves. */
function effectiveShare(count: number, spread: number, ofEnvironments: number): number {
  if (count === 0 || ofEnvironments === 0) return 1;
  const ofValues = spread ** 2 / count;
  return ofValues / (ofValues + ofEnvironments);
}

interface Added {
  readonly ms: number;
  /** Standard error of that mean. */
  readonly error: number;
}

const NOTHING_ADDED: Added = { ms: 0, error: 0 };
/** Evenly spread over a millisecond: what rounding up adds where durations vary by more than that. */
const EVENLY: Added = { ms: 0.5, error: Math.sqrt(1 / 12) };
/** How many values that counts for, beside those that were seen. */
const EVENLY_WORTH = 1;

/**
 * Tells what is billed beyond the duration: rounding up, and init where durations are of cold invocations.
 */
function addedToDuration(values: readonly Measured[] | undefined, basis: 'warm' | 'cold'): Added {
  if (values === undefined || values.length === 0) return EVENLY;
  const n = values.length;
  const added = ({ billedMs, durationMs }: Measured): number => billedMs - durationMs;
  if (basis === 'cold') return { ms: Math.max(0, meanOf(values, added)), error: 0 };
  // A log may say anything; rounding up adds less than a millisecond.
  const bounded = (value: Measured): number => Math.max(0, Math.min(1, added(value)));
  const center = meanOf(values, bounded);
  const squares = values.reduce((sum, value) => sum + (bounded(value) - center) ** 2, 0);
  const variance = (squares + EVENLY_WORTH * EVENLY.error ** 2) / (n - 1 + EVENLY_WORTH);
  return { ms: center, error: Math.sqrt(variance / n) };
}
