import { mean } from 'simple-statistics';
import { fitCurve, type Curve, type CurvePoint } from '../curve/fit-curve.ts';
import { sizeMeans } from '../curve/size-means.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Drift } from '../statistics/drift.ts';
import { seededRandom, standardNormal } from '../../contract/shared/random.ts';
import { coldModel, type ColdModel } from './cold-model.ts';
import type { Measured, Pricing, SizeSample } from './size-sample.ts';

/** What is believed of one size, for comparing it with others. */
export interface Belief {
  readonly memoryMb: number;
  readonly count: number;
  readonly durationMs: number;
  /** Of one invocation, cold ones at their share. */
  readonly costUsd: number;
  /** Standard deviation of the belief in the duration ÷ its mean. */
  readonly relativeError: number;
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
 * Everything known about every size, together: means from {@link sizeMeans}, brought together by the
 * curve, and their prices. Rounding up to whole milliseconds and cold starts are priced in.
 *
 * @param samples each with a successful invocation, at least one of them of the basis
 */
export function believe(samples: readonly SizeSample[], terms: BeliefTerms): Beliefs {
  const { basis, seed, draws: count } = terms;
  const { points, drift, spread } = measuredPoints(samples, basis);
  const curve = fitCurve(points);
  const sizes = [...samples.map(({ memoryMb }) => memoryMb), ...(terms.unseen ?? [])];
  const belief = curve.at(sizes);
  const warmMs = new Map(sizes.map((memoryMb, index) => [memoryMb, belief.durationsMs[index]]));
  const cold = basis === 'warm' ? coldModel(samples, (size) => warmMs.get(size) ?? null) : null;
  const share = cold === null ? 0 : terms.coldShare;
  const addedMs = sizes.map((_, index) => addedToDuration(samples[index]?.[basis], basis));
  const priceOf = (index: number, durationMs: number, coldFactor: number): number => {
    const memoryMb = sizes[index] ?? 0;
    const coldMs = cold === null ? 0 : cold.billedMs(memoryMb, durationMs) * coldFactor;
    const billedMs = (1 - share) * (durationMs + (addedMs[index] ?? 0)) + share * coldMs;
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
  const random = seededRandom(seed, 1);
  for (let draw = 0; draw < count; draw += 1) {
    const durations = belief.draw(random);
    const coldFactor = Math.max(0.1, 1 + (cold?.relativeError ?? 0) * standardNormal(random));
    for (const [index, column] of columns.entries()) {
      const durationMs = durations[index] as number;
      column.durationMs[draw] = durationMs;
      column.costUsd[draw] = priceOf(index, durationMs, coldFactor);
    }
  }
  return {
    curve,
    drift,
    cold,
    spread,
    sizes: sizes.map((memoryMb, index) => ({
      memoryMb,
      count: samples[index]?.[basis].length ?? 0,
      durationMs: belief.durationsMs[index] as number,
      costUsd: priceOf(index, belief.durationsMs[index] as number, 1),
      relativeError: belief.relativeErrors[index] as number,
      draws: columns[index] as Belief['draws'],
    })),
  };
}

/**
 * The points of the curve. A size that was seen cold only (long invocations, each on an environment of its
 * own) takes part too: first runs take about the same multiple of warm ones at every size.
 */
function measuredPoints(
  samples: readonly SizeSample[],
  basis: 'warm' | 'cold',
): Pick<Beliefs, 'drift' | 'spread'> & { readonly points: readonly CurvePoint[] } {
  const seen = samples.filter((sample) => sample[basis].length > 0);
  const means = sizeMeans(
    seen.map((sample) => ({ memoryMb: sample.memoryMb, values: sample[basis] })),
  );
  if (basis === 'cold') return means;
  const bySize = new Map(means.points.map((point) => [point.memoryMb, point]));
  const cold = coldModel(samples, (memoryMb) => bySize.get(memoryMb)?.durationMs ?? null);
  const points = samples.map((sample): CurvePoint => {
    const { memoryMb } = sample;
    const known = bySize.get(memoryMb);
    if (known !== undefined) return known;
    const firstRunMs = mean(sample.cold.map(({ durationMs }) => durationMs));
    const spread = Math.max(means.spread, COLD_SPREAD);
    return {
      memoryMb,
      durationMs: firstRunMs / (cold?.handlerFactor ?? 1),
      relativeVariance: spread ** 2 / sample.cold.length + (cold?.handlerError ?? 0) ** 2,
    };
  });
  return { ...means, points };
}

/** What is billed beyond the duration: rounding up, and init where durations are of cold invocations. */
function addedToDuration(values: readonly Measured[] | undefined, basis: 'warm' | 'cold'): number {
  if (values === undefined || values.length === 0) return 0.5;
  const added = mean(values.map(({ billedMs, durationMs }) => billedMs - durationMs));
  // A log may say anything; rounding up adds less than a millisecond.
  return basis === 'warm' ? Math.max(0, Math.min(1, added)) : Math.max(0, added);
}
