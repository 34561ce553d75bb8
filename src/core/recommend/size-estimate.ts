import { invocationCostUsd } from '../cost/invocation-cost.ts';
import {
  meansWithIntervals,
  pooledNoise,
  sampleNoise,
  type SampleNoise,
} from '../statistics/bootstrap-interval.ts';
import { CONFIDENCE, type MeanEstimate } from '../statistics/mean-interval.ts';
import { seededRandom, type Random } from '../../contract/shared/random.ts';
import type { Tail } from '../statistics/heavy-tail.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import type { Belief, SeenEnvironments } from './beliefs.ts';
import type { ColdModel } from './cold-model.ts';
import { asFarAsTail, farthestMean } from './shared-tail.ts';
import type { Measured, Pricing, SizeSample } from './size-sample.ts';
import { strataOf } from '../payload/payload-weights.ts';
import { stratifiedMean, type ValueStratum } from '../statistics/stratified-mean.ts';

/** How probable bounds are made of a standard error: 97.5 % of the normal distribution. */
const NORMAL_REACH = 1.96;

/**
 * What one size showed, and what is believed of it. What it showed are plain means with 95 % intervals,
 * of this size alone: tables print them. What is believed rests on all sizes together: decisions and
 * comparisons go by it. On clean measurements the two agree.
 */
export interface SizeEstimate {
  readonly memoryMb: number;
  /** How many values the duration is from. */
  readonly count: number;
  readonly durationMs: MeanEstimate;
  /** Of one invocation, cold ones at their share. */
  readonly costUsd: MeanEstimate;
  readonly belief: Belief;
}

export interface EstimateTerms extends Pricing {
  /** What durations are of; `cold` only where no size has a warm invocation. */
  readonly basis: 'warm' | 'cold';
  /** Weight of cold invocations in the cost: 0 leaves them out. */
  readonly coldShare: number;
  readonly seed: number;
}

/** What one size measured, with the noise that it shows. */
export interface Noisy {
  readonly values: readonly Measured[];
  readonly ofDuration: SampleNoise | null;
  readonly ofCost: SampleNoise | null;
}

/** Found once for each size, since every other one asks for it. */
export function noisy(values: readonly Measured[]): Noisy {
  return {
    values,
    ofDuration: sampleNoise(durationsOf(values)),
    ofCost: sampleNoise(usdOf(values)),
  };
}

/** What sizes know of each other. */
export interface Shared {
  readonly cold: ColdModel | null;
  /** What the other sizes measured, for the noise that all share. */
  readonly others: readonly Noisy[];
  /** Standard deviation of what a drift makes of durations, as a part of them. */
  readonly driftSpread: number;
  readonly environments: SeenEnvironments | null;
  readonly tail: Tail | null;
}

/** A size that was seen cold only is believed, and shows nothing. */
export function estimateSize(
  sample: SizeSample,
  belief: Belief,
  shared: Shared,
  terms: EstimateTerms,
): SizeEstimate {
  const { basis, seed } = terms;
  const { cold, others, driftSpread } = shared;
  const { memoryMb } = sample;
  const values = sample[basis];
  if (values.length === 0) {
    const shown = (mean: number): MeanEstimate => ({ mean, low: null, high: null });
    return {
      memoryMb,
      count: 0,
      durationMs: shown(belief.durationMs),
      costUsd: shown(belief.costUsd),
      belief,
    };
  }
  // A generator of its own for each size: one more size changes nothing in the others.
  const random = seededRandom(seed, `interval at ${memoryMb} MB`);
  const [duration, cost] = meansOf(values, others, random);
  const farthest = farthestMean(shared.tail, values, duration.mean);
  const reach = Math.hypot(
    environmentReach(shared.environments, memoryMb),
    NORMAL_REACH * driftSpread,
  );
  return {
    memoryMb,
    count: values.length,
    durationMs: asFarAsTail(
      asFarAsBelieved(widenInterval(duration, reach), belief.durationMs, belief),
      farthest,
    ),
    costUsd: asFarAsBelieved(
      withCold(
        asFarAsTail(widenInterval(cost, reach), farthest),
        coldUsdOf(memoryMb, belief.durationMs, cold, terms),
        basis === 'warm' && cold !== null ? terms.coldShare : 0,
      ),
      belief.costUsd,
      belief,
    ),
    belief,
  };
}

/** Means of durations and costs, by payloads where there are several. */
function meansOf(
  values: readonly Measured[],
  others: readonly Noisy[],
  random: Random,
): readonly [MeanEstimate, MeanEstimate] {
  if (strataOf(values).length > 1) {
    const of = (figuresOf: (values: readonly Measured[]) => readonly number[]): MeanEstimate => {
      const strataIn = (all: readonly Measured[]): readonly ValueStratum[] =>
        strataOf(all).map((stratum) => ({ ...stratum, values: figuresOf(stratum.values) }));
      const ofOthers = others.flatMap((other) => strataIn(other.values));
      return stratifiedMean(strataIn(values), ofOthers, random);
    };
    return [of(durationsOf), of(usdOf)];
  }
  return meansWithIntervals(
    [
      {
        values: durationsOf(values),
        others: pooledNoise(others.map(({ ofDuration }) => ofDuration)),
      },
      { values: usdOf(values), others: pooledNoise(others.map(({ ofCost }) => ofCost)) },
    ],
    random,
  ) as [MeanEstimate, MeanEstimate];
}

function durationsOf(values: readonly Measured[]): readonly number[] {
  return values.map(({ durationMs }) => durationMs);
}

function usdOf(values: readonly Measured[]): readonly number[] {
  return values.map(({ usd }) => usd);
}

/**
 * Widened by what all invocations of a size have in common: the environments that served it, and how far a
 * drift that the run saw moved durations.
 *
 * @param reach relative to the mean
 */
function widenInterval(interval: MeanEstimate, reach: number): MeanEstimate {
  const { mean, low, high } = interval;
  if (low === null || high === null || reach === 0) return interval;
  return {
    mean,
    low: mean - Math.hypot(mean - low, reach * mean),
    high: mean + Math.hypot(high - mean, reach * mean),
  };
}

/** A presumed spread has no degrees of freedom: it is taken as known. */
const WELL_KNOWN = 30;

/** Tells how far environments can move the mean of a size, with 95 %, as a fraction of it. */
function environmentReach(environments: SeenEnvironments | null, memoryMb: number): number {
  const own = environments?.bySize.get(memoryMb);
  if (environments === null || own === undefined || own.plainVariance === 0) return 0;
  const degrees = environments.degrees === 0 ? WELL_KNOWN : environments.degrees;
  return studentTQuantile((1 + CONFIDENCE) / 2, degrees) * Math.sqrt(own.plainVariance);
}

/**
 * Few values of a size may all have missed what other sizes met now and then, a second hump or a tail: its
 * interval reaches as far as what is believed of it, given them.
 */
function asFarAsBelieved(
  { mean, low, high }: MeanEstimate,
  believed: number,
  { relativeError, sharedError, farReach }: Belief,
): MeanEstimate {
  if (low === null || high === null) return { mean, low, high };
  const below = NORMAL_REACH * Math.hypot(relativeError, sharedError);
  const above = Math.max(below, Math.hypot(NORMAL_REACH * relativeError, farReach));
  return {
    mean,
    low: Math.min(low, believed * (1 - below)),
    high: Math.max(high, believed * (1 + above)),
  };
}

interface ColdUsd {
  readonly mean: number;
  readonly standardError: number;
}

function coldUsdOf(
  memoryMb: number,
  warmMs: number,
  cold: ColdModel | null,
  { prices, ephemeralStorageMb }: Pricing,
): ColdUsd {
  if (cold === null) return { mean: 0, standardError: 0 };
  const billedMs = cold.billedMs(memoryMb, warmMs);
  const usd = invocationCostUsd(prices, { billedMs, memoryMb, ephemeralStorageMb });
  return { mean: usd, standardError: usd * cold.relativeError };
}

/** The two are independent, so their distances from the mean add as squares. */
function withCold(warm: MeanEstimate, cold: ColdUsd, share: number): MeanEstimate {
  const center = (1 - share) * warm.mean + share * cold.mean;
  if (warm.low === null || warm.high === null) return { mean: center, low: null, high: null };
  const ofCold = share * cold.standardError * NORMAL_REACH;
  return {
    mean: center,
    low: center - Math.hypot((1 - share) * (warm.mean - warm.low), ofCold),
    high: center + Math.hypot((1 - share) * (warm.high - warm.mean), ofCold),
  };
}
