import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { MemoryGrowth } from './memory-growth.ts';
import { NEARLY_FULL } from '../plan/memory-in-use.ts';
import { longestMs, type Candidate } from './eligible.ts';
import { isHeavy, type Tail } from '../statistics/heavy-tail.ts';
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
  /** Sizes with too little memory to spare. */
  readonly tooFull: readonly Candidate[];
  readonly growth: MemoryGrowth | null;
  readonly timeoutSeconds: number | null;
  readonly terms: EstimateTerms;
  readonly presentIsMeasured: boolean;
  /** The largest size that ran out of memory; 0 where none did. */
  readonly diedUpToMb: number;
  /** Of the logarithm of one duration. */
  readonly spread: number;
  /** How many durations of all sizes lie far beyond where their size does. */
  readonly farCount: number;
  readonly tail: Tail | null;
  readonly drift: { readonly swing: number } | null;
  readonly timeout: TimeoutResult;
  /** Probability that the chosen size keeps to the limits. */
  readonly keepsLimits: number;
}

/** Returns everything that limits how far a recommendation can be trusted, each as a code and its facts. */
export function recommendationWarnings(given: Circumstances): readonly WarningFacts[] {
  return [
    ...memoryNearlyFull(given),
    ...memoryHeadroom(given),
    ...memoryGrows(given),
    ...timeoutTooTight(given),
    ...fewObservations(given),
    ...rareSlowUnseen(given),
    ...coldStarts(given),
    ...failures(given),
    ...presentNotMeasured(given),
    ...noise(given),
    ...presumedCold(given),
    ...driftWarnings(given),
    ...hungCalls(given),
    ...limitUncertain(given),
  ];
}

function memoryNearlyFull({ chosen }: Circumstances): readonly WarningFacts[] {
  const used = chosen.sample.maxMemoryUsedMb;
  if (used === null || used < chosen.memoryMb * NEARLY_FULL) return [];
  return [{ code: 'memory-nearly-full', memoryMb: chosen.memoryMb, usedMb: used }];
}

function memoryHeadroom({ tooFull, chosen }: Circumstances): readonly WarningFacts[] {
  if (tooFull.length === 0) return [];
  const leftOut = tooFull.map(({ memoryMb, sample }) => {
    return { memoryMb, usedMb: sample.maxMemoryUsedMb ?? 0 };
  });
  return [{ code: 'memory-headroom', memoryMb: chosen.memoryMb, leftOut }];
}

function memoryGrows({ growth }: Circumstances): readonly WarningFacts[] {
  return growth === null ? [] : [{ code: 'memory-grows', ...growth }];
}

function timeoutTooTight({
  target,
  chosen,
  misfits,
  timeoutSeconds,
}: Circumstances): readonly WarningFacts[] {
  const present = target.timeoutSeconds;
  const warnings: WarningFacts[] = [];
  const longestSeconds = longestMs(chosen.sample) / 1000;
  if (longestSeconds > present) {
    warnings.push({
      code: 'timeout-too-tight',
      memoryMb: chosen.memoryMb,
      longestSeconds,
      timeoutSeconds: present,
      recommendedSeconds: timeoutSeconds,
    });
  }
  if (misfits.length > 0) {
    warnings.push({
      code: 'sizes-beyond-timeout',
      memorySizesMb: misfits.map(({ memoryMb }) => memoryMb),
      timeoutSeconds: present,
    });
  }
  return warnings;
}

function fewObservations({ input, chosen, terms }: Circumstances): readonly WarningFacts[] {
  const { memoryMb } = chosen;
  const { count } = chosen.estimate;
  const limits = input.limits?.durationMs;
  const warnings: WarningFacts[] = [];
  if (count < FEW_OBSERVATIONS) {
    warnings.push({ code: 'few-observations', memoryMb, count, basis: terms.basis });
  }
  const warm = chosen.sample.warm.length;
  // Where there are few at all that is said already; without a warm invocation there is no p99 to doubt.
  const hasOwnWarning = warnings.length > 0 || warm === 0;
  if (!hasOwnWarning && warm < VALUES_FOR_P99 && limits?.p99 === undefined) {
    const needed = VALUES_FOR_P99;
    warnings.push({ code: 'few-observations-for-p99', memoryMb, count: warm, needed });
  }
  if (
    (limits?.p95 !== undefined && count < VALUES_FOR_P95) ||
    (limits?.p99 !== undefined && count < VALUES_FOR_P99)
  ) {
    warnings.push({
      code: 'few-observations-for-limit',
      memoryMb,
      count,
      neededForP95: VALUES_FOR_P95,
      neededForP99: VALUES_FOR_P99,
    });
  }
  return warnings;
}

/** So many warm invocations show a hump of 3 % with a probability of 99 %: 1 − 0.97^152. */
const SHOWS_A_HUMP = 152;

/** What was never seen is in no interval: nothing tells how far it would lie. */
function rareSlowUnseen({ samples, farCount, terms }: Circumstances): readonly WarningFacts[] {
  const count = samples.reduce((sum, { warm }) => sum + warm.length, 0);
  if (terms.basis === 'cold' || farCount > 0 || count >= SHOWS_A_HUMP) return [];
  return [{ code: 'rare-slow-unseen', count, atMostShare: 1 - 0.05 ** (1 / count) }];
}

function coldStarts({ input, chosen, terms, samples }: Circumstances): readonly WarningFacts[] {
  if (terms.basis === 'cold') return [{ code: 'only-cold-starts' }];
  const { coldShare } = input;
  if (coldShare === 0) return [];
  if (terms.coldShare === 0) {
    return [{ code: 'cold-cost-unknown', seen: samples.some(({ cold }) => cold.length > 0) }];
  }
  const meanCold = meanUsd(chosen.sample.cold);
  const costFraction = (coldShare * meanCold) / chosen.estimate.costUsd.mean;
  return costFraction < 0.5
    ? []
    : [{ code: 'cold-starts-dominate', memoryMb: chosen.memoryMb, coldShare, costFraction }];
}

function failures({ samples }: Circumstances): readonly WarningFacts[] {
  const lost = samples.reduce((sum, { outcomes }) => sum + outcomes.lost, 0);
  const failing = samples.filter((sample) => errorsOf(sample) > sample.outcomes.lost);
  const warnings: WarningFacts[] = [];
  if (failing.length > 0) {
    const sizes = failing.map((sample) => ({
      memoryMb: sample.memoryMb,
      failed: errorsOf(sample) - sample.outcomes.lost,
      invocations: sample.invocations,
    }));
    warnings.push({ code: 'errors-at-sizes', sizes });
  }
  if (lost > 0) warnings.push({ code: 'lost-observations', count: lost });
  return warnings;
}

function presentNotMeasured({
  target,
  presentIsMeasured,
  diedUpToMb,
}: Circumstances): readonly WarningFacts[] {
  const { memoryMb } = target;
  if (memoryMb <= diedUpToMb) return [{ code: 'current-out-of-memory', memoryMb, diedUpToMb }];
  return presentIsMeasured ? [] : [{ code: 'current-not-measured', memoryMb }];
}

/** From this coefficient of variation on, a mean takes hundreds of invocations. */
const NOISY = 0.4;

function noise({ samples, spread, tail }: Circumstances): readonly WarningFacts[] {
  const warnings: WarningFacts[] = [];
  if (spread >= NOISY) warnings.push({ code: 'noisy', scatter: Math.expm1(spread) });
  if (tail !== null && isHeavy(tail)) {
    warnings.push({ code: 'heavy-tail', count: tail.count, ofSlowest: tail.ofSlowest });
  }
  const outlying = samples.filter((sample) => outliersOf(sample) > 0);
  if (outlying.length > 0) {
    const sizes = outlying.map((sample) => ({
      memoryMb: sample.memoryMb,
      outliers: outliersOf(sample),
      warm: sample.warm.length,
    }));
    warnings.push({ code: 'outliers', sizes });
  }
  return warnings;
}

function presumedCold({ samples }: Circumstances): readonly WarningFacts[] {
  const count = samples.reduce((sum, sample) => sum + sample.presumedCold, 0);
  return count === 0 ? [] : [{ code: 'presumed-cold', count }];
}

/** A drift that all sizes shared decides nothing, but shows that times are not what they were. */
const DRIFT_WORTH_SAYING = 0.03;

function driftWarnings({ drift }: Circumstances): readonly WarningFacts[] {
  if (drift === null || drift.swing < DRIFT_WORTH_SAYING) return [];
  return [{ code: 'drift', swing: drift.swing }];
}

function hungCalls({ timeout, target }: Circumstances): readonly WarningFacts[] {
  const { present, recommendedSeconds } = timeout;
  if (present !== 'too-loose' || recommendedSeconds === null) return [];
  const { timeoutSeconds } = target;
  return [{ code: 'timeout-too-loose', timeoutSeconds, recommendedSeconds }];
}

const LIMIT_WORTH_SAYING = 0.95;

function limitUncertain({ keepsLimits, chosen }: Circumstances): readonly WarningFacts[] {
  if (keepsLimits >= LIMIT_WORTH_SAYING) return [];
  return [{ code: 'limit-uncertain', memoryMb: chosen.memoryMb, probability: keepsLimits }];
}

function meanUsd(measured: SizeSample['cold']): number {
  return measured.reduce((sum, { usd }) => sum + usd, 0) / Math.max(1, measured.length);
}
