import type { TimeoutResult } from '../../contract/tune/result.ts';
import type { SettledInput, Warning } from '../../contract/tune/state.ts';
import { NEARLY_FULL } from '../plan/memory-in-use.ts';
import { percentText } from './figures.ts';
import { longestMs, type Candidate } from './eligible.ts';
import type { EstimateTerms } from './size-estimate.ts';
import { outliersOf } from './size-result.ts';
import { errorsOf, type SizeSample } from './size-sample.ts';

const FEW_OBSERVATIONS = 10;
/** Below 1 ÷ (1 − q) values a sample has nothing beyond its q-quantile. */
const VALUES_FOR_P95 = 20;
const VALUES_FOR_P99 = 100;

/** What the warnings of a recommendation are made of. */
export interface Circumstances {
  readonly input: SettledInput;
  readonly target: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly chosen: Candidate;
  readonly samples: readonly SizeSample[];
  readonly misfits: readonly Candidate[];
  readonly timeoutSeconds: number | null;
  readonly terms: EstimateTerms;
  readonly presentIsMeasured: boolean;
  /** The largest size that ran out of memory; 0 where none did. */
  readonly diedUpToMb: number;
  /** Of the logarithm of one duration. */
  readonly spread: number;
  readonly drift: { readonly swing: number } | null;
  readonly timeout: TimeoutResult;
  /** Probability that the chosen size keeps to the limits. */
  readonly keepsLimits: number;
}

/** Everything that limits how far a recommendation can be trusted, each as a code and a sentence. */
export function recommendationWarnings(given: Circumstances): readonly Warning[] {
  return [
    ...memoryNearlyFull(given),
    ...timeoutTooTight(given),
    ...fewObservations(given),
    ...coldStarts(given),
    ...failures(given),
    ...presentNotMeasured(given),
    ...noise(given),
    ...presumedCold(given),
    ...drifted(given),
    ...hungCalls(given),
    ...limitUncertain(given),
  ];
}

function memoryNearlyFull({ chosen }: Circumstances): readonly Warning[] {
  const used = chosen.sample.maxMemoryUsedMb;
  if (used === null || used < chosen.memoryMb * NEARLY_FULL) return [];
  return [
    {
      code: 'memory-nearly-full',
      message: `At ${chosen.memoryMb} MB an invocation used ${used} MB: a larger payload may run out of memory.`,
    },
  ];
}

function timeoutTooTight({
  target,
  chosen,
  misfits,
  timeoutSeconds,
}: Circumstances): readonly Warning[] {
  const present = target.timeoutSeconds;
  const warnings: Warning[] = [];
  const longestSeconds = longestMs(chosen.sample) / 1000;
  if (longestSeconds > present) {
    warnings.push({
      code: 'timeout-too-tight',
      message: `At ${chosen.memoryMb} MB an invocation took ${longestSeconds.toFixed(1)} s, longer than the present timeout of ${present} s: ${timeoutSeconds === null ? 'raise it' : `raise it to ${timeoutSeconds} s`} with the memory.`,
    });
  }
  if (misfits.length > 0) {
    warnings.push({
      code: 'sizes-beyond-timeout',
      message: `${sizesText(misfits)} ${misfits.length === 1 ? 'was' : 'were'} left out: slow invocations there do not fit the present timeout of ${present} s. Apply memory and timeout together to consider them.`,
    });
  }
  return warnings;
}

function fewObservations({ input, chosen, terms }: Circumstances): readonly Warning[] {
  const count = chosen.estimate.count;
  const limits = input.limits?.durationMs;
  const warnings: Warning[] = [];
  if (count < FEW_OBSERVATIONS) {
    warnings.push({
      code: 'few-observations',
      message: `The recommendation rests on ${count} ${terms.basis} ${count === 1 ? 'invocation' : 'invocations'} at ${chosen.memoryMb} MB.`,
    });
  }
  const warm = chosen.sample.warm.length;
  if (warm < VALUES_FOR_P99 && limits?.p99 === undefined) {
    warnings.push({
      code: 'few-observations-for-p99',
      message: `A p99 takes at least ${VALUES_FOR_P99} invocations, there are ${warm} at ${chosen.memoryMb} MB: its p99 is little more than the longest seen.`,
    });
  }
  if (
    (limits?.p95 !== undefined && count < VALUES_FOR_P95) ||
    (limits?.p99 !== undefined && count < VALUES_FOR_P99)
  ) {
    warnings.push({
      code: 'few-observations-for-limit',
      message: `A p95 takes at least ${VALUES_FOR_P95} invocations and a p99 ${VALUES_FOR_P99}, there are ${count} at ${chosen.memoryMb} MB: whether the limit is kept is a guess.`,
    });
  }
  return warnings;
}

function coldStarts({ input, chosen, terms, samples }: Circumstances): readonly Warning[] {
  if (terms.basis === 'cold') {
    return [
      {
        code: 'only-cold-starts',
        message:
          'Every successful invocation was a cold start: durations and costs are those of cold starts. More invocations a size would show warm ones.',
      },
    ];
  }
  const share = input.coldShare;
  if (share === 0) return [];
  if (terms.coldShare === 0) {
    return [
      {
        code: 'cold-cost-unknown',
        message: samples.some(({ cold }) => cold.length > 0)
          ? 'Not every size had a successful cold start, so cold starts are left out of all costs.'
          : 'No cold start was seen, so costs are those of warm invocations.',
      },
    ];
  }
  const meanCold = meanUsd(chosen.sample.cold);
  const fraction = (share * meanCold) / chosen.estimate.costUsd.mean;
  return fraction < 0.5
    ? []
    : [
        {
          code: 'cold-starts-dominate',
          message: `With a cold share of ${percentText(share)}, cold starts make ${percentText(fraction)} of the cost at ${chosen.memoryMb} MB: a shorter init saves more than any memory size.`,
        },
      ];
}

function failures({ samples }: Circumstances): readonly Warning[] {
  const lost = samples.reduce((sum, { outcomes }) => sum + outcomes.lost, 0);
  const failing = samples.filter((sample) => errorsOf(sample) > sample.outcomes.lost);
  const warnings: Warning[] = [];
  if (failing.length > 0) {
    const list = failing.map(
      (sample) =>
        `${errorsOf(sample) - sample.outcomes.lost} of ${sample.invocations} at ${sample.memoryMb} MB`,
    );
    warnings.push({
      code: 'errors-at-sizes',
      message: `Some invocations failed, and are in no duration and no cost: ${list.join(', ')}.`,
    });
  }
  if (lost > 0) {
    warnings.push({
      code: 'lost-observations',
      message: `${lost} ${lost === 1 ? 'invocation' : 'invocations'} may have run, but no platform log was found: ${lost === 1 ? 'it is' : 'they are'} in no figure.`,
    });
  }
  return warnings;
}

function presentNotMeasured({
  target,
  presentIsMeasured,
  diedUpToMb,
}: Circumstances): readonly Warning[] {
  if (target.memoryMb <= diedUpToMb) {
    return [
      {
        code: 'current-out-of-memory',
        message: `The present size of ${target.memoryMb} MB is too small: the function ran out of memory at ${diedUpToMb} MB. What a change saves against it is no figure worth giving.`,
      },
    ];
  }
  if (presentIsMeasured) return [];
  return [
    {
      code: 'current-not-measured',
      message: `The present size of ${target.memoryMb} MB was not measured, so what a change saves is unknown. Add it to the memory sizes to know.`,
    },
  ];
}

/** From this coefficient of variation on, a mean takes hundreds of invocations. */
const NOISY = 0.4;

function noise({ samples, spread }: Circumstances): readonly Warning[] {
  const warnings: Warning[] = [];
  if (spread >= NOISY) {
    warnings.push({
      code: 'noisy',
      message: `Durations scatter by about ${percentText(Math.expm1(spread))} at one and the same size: differences smaller than that take many invocations to see.`,
    });
  }
  const outlying = samples.filter((sample) => outliersOf(sample) > 0);
  if (outlying.length > 0) {
    const list = outlying.map(
      (sample) => `${outliersOf(sample)} of ${sample.warm.length} at ${sample.memoryMb} MB`,
    );
    warnings.push({
      code: 'outliers',
      message: `Some warm invocations took far longer than the others, and are in every figure: ${list.join(', ')}.`,
    });
  }
  return warnings;
}

function presumedCold({ samples }: Circumstances): readonly Warning[] {
  const count = samples.reduce((sum, sample) => sum + sample.presumedCold, 0);
  if (count === 0) return [];
  return [
    {
      code: 'presumed-cold',
      message: `${count} slow ${count === 1 ? 'invocation' : 'invocations'} met a new environment that Lambda had initialised ahead: ${count === 1 ? 'it counts as a cold start' : 'they count as cold starts'}, though no log says so.`,
    },
  ];
}

/** A drift that all sizes shared decides nothing, but shows that times are not what they were. */
const DRIFT_WORTH_SAYING = 0.03;

function drifted({ drift }: Circumstances): readonly Warning[] {
  if (drift === null || drift.swing < DRIFT_WORTH_SAYING) return [];
  return [
    {
      code: 'drift',
      message: `During the run everything became slower or faster by up to ${percentText(drift.swing)}. Sizes were measured interleaved, so comparisons hold; absolute times and costs may differ on another day.`,
    },
  ];
}

function hungCalls({ timeout, target }: Circumstances): readonly Warning[] {
  if (timeout.present !== 'too-loose' || timeout.recommendedSeconds === null) return [];
  return [
    {
      code: 'timeout-too-loose',
      message: `The present timeout of ${target.timeoutSeconds} s is far longer than any call takes: one that hangs is billed until then, ${timeout.recommendedSeconds} s would do.`,
    },
  ];
}

const LIMIT_WORTH_SAYING = 0.95;

function limitUncertain({ keepsLimits, chosen }: Circumstances): readonly Warning[] {
  if (keepsLimits >= LIMIT_WORTH_SAYING) return [];
  return [
    {
      code: 'limit-uncertain',
      message: `That ${chosen.memoryMb} MB keeps to the limits is ${percentText(keepsLimits)} probable by what was observed: more invocations would tell.`,
    },
  ];
}

function meanUsd(measured: SizeSample['cold']): number {
  return measured.reduce((sum, { usd }) => sum + usd, 0) / Math.max(1, measured.length);
}

function sizesText(sizes: readonly Candidate[]): string {
  return `${sizes.map(({ memoryMb }) => memoryMb).join(', ')} MB`;
}
