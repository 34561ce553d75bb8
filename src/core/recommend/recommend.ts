import type { Observation } from '../../contract/shared/observation.ts';
import type {
  Confidence,
  CurveResult,
  MonthlyFigures,
  MoreMeasuring,
  TimeoutResult,
  Verdict,
} from '../../contract/tune/result.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { SettledInput, Variant } from '../../contract/tune/state.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Prices } from '../cost/prices.ts';
import { fasterRepeats, repeatsWarnings } from '../payload/repeats.ts';
import { recommendTimeout } from '../timeout/recommend-timeout.ts';
import { triggerWarnings } from '../timeout/trigger-limits.ts';
import { curveResult } from './curve-result.ts';
import { decide } from './decide.ts';
import { eligible } from './eligible.ts';
import { checkLimits } from './limits.ts';
import { limitProbability } from './limit-probability.ts';
import { memoryGrowth } from './memory-growth.ts';
import { monthlyFigures } from './monthly-figures.ts';
import { moreMeasuring } from './more-measuring.ts';
import { noSizeMeetsLimits, nothingMeasured, type NoAnswer } from './no-answer.ts';
import { areMeansOfAnotherMix, payloadGaps } from './payload-gaps.ts';
import { withPayloads } from './payload-results.ts';
import { payloadWarnings } from './payload-warnings.ts';
import { recommendationFacts, type RecommendationFacts } from './recommendation-facts.ts';
import type { JudgedSize } from './size-result.ts';
import { sizeSamples } from './size-sample.ts';
import { durationsOf, survey } from './survey.ts';
import { LIMITS_SURE_ENOUGH, otherThanWanted, whereSure } from './where-sure.ts';
import { recommendationWarnings } from './warnings.ts';

export interface RecommendRequest {
  readonly input: SettledInput;
  /** As the run found it. */
  readonly target: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly variants: readonly Variant[];
  readonly observations: readonly Observation[];
  /** The trial invocation at the present size, where one was made. */
  readonly trial?: Observation | null;
  readonly prices: Prices;
  readonly ephemeralStorageMb: number;
  readonly seed: number;
  /** What Inspect found to trigger the target; none known by default. */
  readonly triggers?: readonly Trigger[];
  /** Somebody ended the run before it was done: whatever it shows, nothing is decided. */
  readonly isInterrupted?: boolean;
}

/** An answer, or the reason why there is none. `sizes` ascend, and hold every size asked for or seen. */
export type Recommendation =
  | {
      readonly kind: 'recommended';
      readonly verdict: Verdict;
      readonly memoryMb: number;
      readonly timeout: TimeoutResult;
      readonly confidence: Confidence;
      readonly sizes: readonly JudgedSize[];
      readonly warnings: readonly WarningFacts[];
      /** What the recommendation's sentence is made of. */
      readonly facts: RecommendationFacts;
      readonly more: MoreMeasuring | null;
      readonly monthly: MonthlyFigures | null;
      readonly curve: CurveResult | null;
      readonly drift: { readonly swing: number } | null;
    }
  | NoAnswer;

/**
 * What to set, from everything observed. Pure: the same observations, in whatever order, and the same
 * seed give the same bytes.
 */
export function recommend(request: RecommendRequest): Recommendation {
  const { input, target, prices } = request;
  const payloadWeights = input.payloads.map(({ weight }) => weight);
  const samples = sizeSamples(request.observations, request, payloadWeights);
  const { sizes, measured, beliefs, terms, diedUpToMb } = survey(request, samples);
  if (measured.length === 0 || beliefs === null) {
    return nothingMeasured(sizes, diedUpToMb);
  }
  const {
    candidates: unlimited,
    misfits,
    tooFull,
  } = eligible(measured, input, target.timeoutSeconds);
  const checked = unlimited.map((candidate) => ({
    candidate,
    checks: checkLimits(input.limits, candidate.estimate, durationsOf(candidate.sample, terms)),
  }));
  const candidates = checked
    .filter(({ checks }) => checks.every(({ ratio }) => ratio <= 1))
    .map(({ candidate }) => candidate);
  if (candidates.length === 0) {
    return noSizeMeetsLimits(sizes, checked, prices.currency);
  }
  const present = measured.find(({ memoryMb }) => memoryMb === target.memoryMb);
  const decided = decide(
    input.goal,
    candidates.map(({ estimate }) => estimate),
    present?.estimate ?? null,
  );
  const chosen = candidates.find(({ memoryMb }) => memoryMb === decided.memoryMb);
  if (chosen === undefined)
    throw new RangeError('Could not recommend: the chosen size is no candidate.');
  const keepsLimits = limitProbability(
    input.limits,
    chosen.estimate.belief,
    durationsOf(chosen.sample, terms),
  );
  const ofMeasured = measured.map(({ sample }) => sample);
  const gaps = payloadGaps(ofMeasured, terms.basis);
  const repeats = fasterRepeats(request.trial ?? null, request.observations);
  const isInterrupted = request.isInterrupted === true;
  const other = otherThanWanted(
    repeats !== null && !input.allowRepeats,
    areMeansOfAnotherMix(gaps, ofMeasured),
    isInterrupted,
  );
  const decision = whereSure(decided, keepsLimits, other);
  const usdOf = (billedMs: number): number =>
    invocationCostUsd(prices, {
      billedMs,
      memoryMb: chosen.memoryMb,
      ephemeralStorageMb: request.ephemeralStorageMb,
    });
  const triggers = request.triggers ?? [];
  const timeout = recommendTimeout({
    rule: input.timeout,
    presentTimeoutSeconds: target.timeoutSeconds,
    sample: chosen.sample,
    samples: [...samples.values()],
    coldShare: terms.coldShare,
    triggers,
    usdOf,
  });
  const estimates = candidates.map(({ estimate }) => estimate);
  const more =
    decision.verdict === 'inconclusive' && other === null
      ? moreMeasuring(
          input.goal,
          estimates,
          chosen.estimate,
          present?.estimate ?? null,
          (times) => {
            const seen = durationsOf(chosen.sample, terms);
            const foreseen = Array.from({ length: times }, () => seen).flat();
            const { belief } = chosen.estimate;
            return limitProbability(input.limits, belief, foreseen) >= LIMITS_SURE_ENOUGH;
          },
        )
      : null;
  const coldMs = beliefs.cold?.billedMs(chosen.memoryMb, chosen.estimate.belief.durationMs);
  const drift = beliefs.drift === null ? null : { swing: beliefs.drift.swing };
  return {
    kind: 'recommended',
    verdict: decision.verdict,
    memoryMb: decision.memoryMb,
    timeout,
    confidence: {
      withinTolerance: decision.withinTolerance,
      tolerance: input.goal.tolerance,
      runnerUp: decision.runnerUp,
      unsure: decision.unsure,
      savingsFraction: decision.comparison?.savingsFraction ?? null,
      speedup: decision.comparison?.speedup ?? null,
    },
    sizes: withPayloads(
      sizes,
      samples,
      { basis: terms.basis, seed: request.seed, weights: payloadWeights },
      [decision.memoryMb, target.memoryMb],
    ),
    more,
    monthly: monthlyFigures(
      input.invocationsPerMonth,
      chosen.estimate,
      present?.estimate ?? null,
      coldMs === undefined ? null : usdOf(coldMs),
      terms.coldShare,
    ),
    curve: curveResult(beliefs),
    drift,
    warnings: [
      ...recommendationWarnings({
        input,
        target,
        chosen,
        samples: [...samples.values()],
        misfits,
        tooFull,
        growth: memoryGrowth(request.observations),
        timeoutSeconds: timeout.recommendedSeconds,
        terms,
        presentIsMeasured: present !== undefined,
        diedUpToMb,
        spread: beliefs.spread,
        drift,
        timeout,
        keepsLimits,
      }),
      ...interrupted(isInterrupted),
      ...repeatsWarnings(repeats, input),
      ...payloadWarnings(gaps, chosen.sample, terms.basis),
      ...triggerWarnings(triggers, timeout.recommendedSeconds ?? target.timeoutSeconds),
    ],
    facts: recommendationFacts(decision, chosen.estimate, present?.estimate ?? null, {
      presentMemoryMb: target.memoryMb,
      presentTimeoutSeconds: target.timeoutSeconds,
      timeoutSeconds: timeout.recommendedSeconds,
      more,
      invocationsPerMonth: input.invocationsPerMonth ?? null,
      currency: prices.currency,
    }),
  };
}

function interrupted(isInterrupted: boolean): readonly WarningFacts[] {
  return isInterrupted ? [{ code: 'interrupted', command: 'tune', left: [] }] : [];
}
