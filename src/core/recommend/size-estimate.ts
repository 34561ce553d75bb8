import { invocationCostUsd } from '../cost/invocation-cost.ts';
import { meanWithInterval } from '../statistics/bootstrap-interval.ts';
import type { MeanEstimate } from '../statistics/mean-interval.ts';
import type { Belief } from './beliefs.ts';
import type { ColdModel } from './cold-model.ts';
import type { Pricing, SizeSample } from './size-sample.ts';

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

/** A size that was seen cold only is believed, and shows nothing. */
export function estimateSize(
  sample: SizeSample,
  belief: Belief,
  cold: ColdModel | null,
  terms: EstimateTerms,
): SizeEstimate {
  const { basis, seed } = terms;
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
  const durations = values.map(({ durationMs }) => durationMs);
  const usd = values.map((each) => each.usd);
  return {
    memoryMb,
    count: values.length,
    durationMs: meanWithInterval(durations, seed, 2 * memoryMb),
    costUsd: withCold(
      meanWithInterval(usd, seed, 2 * memoryMb + 1),
      coldUsdOf(memoryMb, belief.durationMs, cold, terms),
      basis === 'warm' && cold !== null ? terms.coldShare : 0,
    ),
    belief,
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
