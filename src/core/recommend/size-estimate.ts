import { mean } from 'simple-statistics';
import { combinedMean, UNKNOWN_SPREAD, type CombinedMean } from '../statistics/combined-mean.ts';
import {
  CONFIDENCE,
  standardErrorOf,
  tInterval,
  type MeanEstimate,
} from '../statistics/mean-interval.ts';
import { seededRandom, standardNormal, type Random } from '../statistics/random.ts';
import { bootstrapTInterval, resampled, type Resamples } from '../statistics/resamples.ts';
import type { Measured, SizeSample } from './size-sample.ts';

/** Below this many values resampling repeats too few of them, and Student's interval is used. */
const BOOTSTRAP_FROM = 10;
/** Above this many, skewness no longer matters to Student's interval, and it is used again. */
const BOOTSTRAP_UP_TO = 1000;
export const DRAWS = 999;

/** The mean duration and cost of one size, and what they might be as well. */
export interface SizeEstimate {
  readonly memoryMb: number;
  /** How many values the duration is from. */
  readonly count: number;
  readonly durationMs: MeanEstimate;
  /** Of one invocation, cold ones at their share where {@link EstimateTerms} says so. */
  readonly costUsd: MeanEstimate;
  /** Entry i of both is from one draw, so that a slow draw is a dear one. */
  readonly draws: { readonly durationMs: Float64Array; readonly costUsd: Float64Array };
}

export interface EstimateTerms {
  /** What durations are of; `cold` only where no size has a warm invocation. */
  readonly basis: 'warm' | 'cold';
  /** Weight of cold invocations in the cost: 0 leaves them out. */
  readonly coldShare: number;
  readonly seed: number;
}

/**
 * Estimates a size: mean warm duration, and mean cost as (1 − coldShare) × warm + coldShare × cold.
 * Intervals by the studentised bootstrap, at both ends of the number of values by Student's t with the
 * degrees of freedom of Welch and Satterthwaite. Nothing is trimmed. Payloads were drawn by their
 * weights, so plain means keep them.
 *
 * @returns `null` where the size has no observation of the basis
 */
export function estimateSize(sample: SizeSample, terms: EstimateTerms): SizeEstimate | null {
  const main = sample[terms.basis];
  if (main.length === 0) return null;
  const share = terms.basis === 'warm' && sample.cold.length > 0 ? terms.coldShare : 0;
  // A generator of its own for each size: one more size changes nothing in the others.
  const random = seededRandom(terms.seed, sample.memoryMb);
  const durations = columnOf(main, 'durationMs');
  const parts = [
    { weight: 1 - share, values: columnOf(main, 'usd') },
    ...(share > 0 ? [{ weight: share, values: columnOf(sample.cold, 'usd') }] : []),
  ];
  if (main.length < BOOTSTRAP_FROM) {
    const cost = combinedMean(parts);
    return {
      memoryMb: sample.memoryMb,
      count: main.length,
      durationMs: tInterval(durations),
      costUsd: cost.interval,
      draws: studentDraws(durations, cost, random),
    };
  }
  const [durationResamples, warmCost] = resampled(
    [durations, parts[0]?.values ?? []],
    DRAWS,
    random,
  );
  if (durationResamples === undefined || warmCost === undefined) return null;
  const coldPart = parts[1];
  const costResamples =
    coldPart === undefined
      ? warmCost
      : withCold(warmCost, coldPart.weight, coldResamples(coldPart.values, random));
  const few = main.length <= BOOTSTRAP_UP_TO;
  const cost = combinedMean(parts);
  return {
    memoryMb: sample.memoryMb,
    count: main.length,
    durationMs: few
      ? bootstrapped(tInterval(durations), durations, durationResamples)
      : tInterval(durations),
    costUsd: few ? bootstrappedFrom(cost, costResamples) : cost.interval,
    draws: {
      durationMs: widened(durationResamples.means, main.length),
      costUsd: widened(costResamples.means, main.length),
    },
  };
}

function columnOf(measured: readonly Measured[], key: keyof Measured): readonly number[] {
  return measured.map((each) => each[key]);
}

function coldResamples(values: readonly number[], random: Random): Resamples {
  const [resamples] = values.length > 1 ? resampled([values], DRAWS, random) : [];
  if (resamples !== undefined) return resamples;
  const center = mean(values);
  return {
    means: Float64Array.from({ length: DRAWS }, () =>
      Math.max(0, center * (1 + UNKNOWN_SPREAD * standardNormal(random))),
    ),
    standardErrors: new Float64Array(DRAWS).fill(UNKNOWN_SPREAD * center),
  };
}

function withCold(warm: Resamples, share: number, cold: Resamples): Resamples {
  const mix = (a: number, b: number | undefined): number => (1 - share) * a + share * (b ?? 0);
  return {
    means: warm.means.map((draw, index) => mix(draw, cold.means[index])),
    standardErrors: warm.standardErrors.map((own, index) =>
      Math.hypot((1 - share) * own, share * (cold.standardErrors[index] ?? 0)),
    ),
  };
}

function bootstrapped(
  student: MeanEstimate,
  values: readonly number[],
  resamples: Resamples,
): MeanEstimate {
  return bootstrappedFrom({ interval: student, standardError: standardErrorOf(values) }, resamples);
}

function bootstrappedFrom(
  { interval, standardError }: CombinedMean,
  resamples: Resamples,
): MeanEstimate {
  if (standardError === null || standardError === 0) return interval;
  const bounds = bootstrapTInterval({ mean: interval.mean, standardError }, resamples, CONFIDENCE);
  return bounds === null ? interval : { mean: interval.mean, ...bounds };
}

/** Resampled means scatter by √((n − 1) ÷ n) too little around their centre; this puts it back. */
function widened(means: Float64Array, count: number): Float64Array {
  const center = mean(Array.from(means));
  const factor = Math.sqrt(count / (count - 1));
  return means.map((draw) => positive(center + (draw - center) * factor, center));
}

/** Draws for few values: Student's t around the means, one t for duration and cost together. */
function studentDraws(
  durations: readonly number[],
  cost: CombinedMean,
  random: Random,
): SizeEstimate['draws'] {
  const degrees = Math.max(1, durations.length - 1);
  const durationMean = mean(durations);
  const durationError = standardErrorOf(durations) ?? UNKNOWN_SPREAD * durationMean;
  const costError = cost.standardError ?? UNKNOWN_SPREAD * cost.interval.mean;
  const ts = Float64Array.from({ length: DRAWS }, () => studentT(degrees, random));
  return {
    durationMs: ts.map((t) => positive(durationMean + t * durationError, durationMean)),
    costUsd: ts.map((t) => positive(cost.interval.mean + t * costError, cost.interval.mean)),
  };
}

function studentT(degreesOfFreedom: number, random: Random): number {
  let chiSquare = 0;
  for (let each = 0; each < degreesOfFreedom; each += 1) chiSquare += standardNormal(random) ** 2;
  return standardNormal(random) / Math.sqrt(chiSquare / degreesOfFreedom);
}

/** Times and costs are not negative, however wide the distribution around their mean. */
function positive(draw: number, center: number): number {
  return Math.max(draw, center / 10);
}
