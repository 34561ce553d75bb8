import type { Observation } from '../../contract/shared/observation.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { diedUpToMb } from '../measure/died-up-to.ts';
import { believe, type Beliefs } from './beliefs.ts';
import { DRAWS } from './confidence.ts';
import { curveSizes } from './curve-result.ts';
import type { Candidate } from './eligible.ts';
import {
  estimateSize,
  noisy,
  type EstimateTerms,
  type Noisy,
  type Shared,
} from './size-estimate.ts';
import { sharedTail } from './shared-tail.ts';
import { sizeOutcome } from './size-outcome.ts';
import { sizeResult, type JudgedSize } from './size-result.ts';
import { weightedBy, type Pricing, type SizeSample } from './size-sample.ts';
import type { Tail } from '../statistics/heavy-tail.ts';
import type { Weighted } from '../statistics/weighted.ts';

/** Everything that was asked for or seen, size by size. */
export interface Survey {
  /** Ascending. */
  readonly sizes: readonly JudgedSize[];
  /** Those that may be chosen, unless something speaks against them: none at or below a death. */
  readonly measured: readonly Candidate[];
  /** `null` where nothing succeeded. */
  readonly beliefs: Beliefs | null;
  readonly terms: EstimateTerms;
  /** The largest size that ran out of memory; 0 where none did. */
  readonly diedUpToMb: number;
  /** Of the noise of all sizes together; `null` where too little was seen. */
  readonly tail: Tail | null;
}

export interface SurveyRequest extends Pricing {
  readonly input: SettledInput;
  readonly variants: readonly Variant[];
  readonly seed: number;
  readonly observations: readonly Observation[];
  /** The trial invocation at the present size, where one was made: it can only have died. */
  readonly trial?: Observation | null;
}

/**
 * Durations are of warm invocations while any size has one. Cold ones enter every size's cost as soon as
 * one was seen at any size.
 */
function estimateTerms(samples: readonly SizeSample[], request: SurveyRequest): EstimateTerms {
  const { input, prices, ephemeralStorageMb, seed } = request;
  const hasWarm = samples.some(({ warm }) => warm.length > 0);
  const hasCold = samples.some(({ warm, cold }) => warm.length > 0 && cold.length > 0);
  return {
    basis: hasWarm ? 'warm' : 'cold',
    coldShare: hasWarm && hasCold ? input.coldShare : 0,
    seed,
    prices,
    ephemeralStorageMb,
  };
}

function sharedWith(
  memoryMb: number,
  noises: ReadonlyMap<number, Noisy>,
  tail: Tail | null,
  beliefs: Beliefs | null,
): Shared {
  return {
    cold: beliefs?.cold ?? null,
    others: [...noises].filter(([each]) => each !== memoryMb).map(([, noise]) => noise),
    driftSpread: beliefs?.drift?.spread ?? 0,
    environments: beliefs?.environments ?? null,
    tail,
  };
}

/** A size that was seen cold only is held to its limits by what was seen. */
export function durationsOf(
  { warm, cold }: SizeSample,
  { basis }: EstimateTerms,
): readonly Weighted[] {
  const values = basis === 'warm' && warm.length > 0 ? warm : cold;
  return weightedBy(values, ({ durationMs }) => durationMs);
}

/** Estimates every size and says what became of it. */
export function survey(request: SurveyRequest, samples: ReadonlyMap<number, SizeSample>): Survey {
  const terms = estimateTerms([...samples.values()], request);
  const variants = new Map(request.variants.map((variant) => [variant.memoryMb, variant]));
  const everySize = [...new Set([...variants.keys(), ...samples.keys()])].toSorted((a, b) => a - b);
  const measured: Candidate[] = [];
  const known = [...samples.values()].filter(({ warm, cold }) => warm.length + cold.length > 0);
  const beliefs =
    known.length === 0
      ? null
      : believe(known, {
          ...terms,
          draws: DRAWS,
          unseen: curveSizes(known.map(({ memoryMb }) => memoryMb)),
        });
  const noises = new Map(known.map((each) => [each.memoryMb, noisy(each[terms.basis])]));
  const tail = sharedTail([...noises.values()].map(({ values }) => values));
  const judgedBy = {
    measureTimeoutSeconds: request.input.measureTimeoutSeconds,
    diedUpToMb: diedUpToMb([...request.observations, ...(request.trial ? [request.trial] : [])]),
  };
  const sizes = everySize.map((memoryMb) => {
    const sample = samples.get(memoryMb);
    const judged = sizeOutcome(variants.get(memoryMb), sample, { memoryMb, ...judgedBy });
    const belief = beliefs?.sizes.find((each) => each.memoryMb === memoryMb);
    const estimate =
      sample === undefined || belief === undefined
        ? null
        : estimateSize(sample, belief, sharedWith(memoryMb, noises, tail, beliefs), terms);
    if (sample !== undefined && estimate !== null && judged.outcome === 'measured') {
      measured.push({ memoryMb, sample, estimate });
    }
    return sizeResult(memoryMb, judged, sample, estimate);
  });
  return { sizes, measured, beliefs, terms, diedUpToMb: judgedBy.diedUpToMb, tail };
}
