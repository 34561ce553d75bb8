import type { ResultHistory } from '../../contract/history/traffic.ts';
import type { Confidence, TimeoutResult } from '../../contract/tune/result.ts';
import { advise } from '../advice/advise.ts';
import { rateOf } from '../advice/load.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import { recommendTimeout } from '../timeout/recommend-timeout.ts';
import { groundTimeout, resultHistory } from '../traffic/result-history.ts';
import { curveResult } from './curve-result.ts';
import type { Decided } from './decide-among.ts';
import type { Decision } from './decide.ts';
import type { Candidate } from './eligible.ts';
import { everyWarning, swingOf } from './every-warning.ts';
import { monthlyFigures } from './monthly-figures.ts';
import type { Narrowed } from './narrow.ts';
import { withPayloads } from './payload-results.ts';
import { recommendationFacts } from './recommendation-facts.ts';
import { tradedAway } from './traded-away.ts';
import type { Recommendation, RecommendRequest } from './recommendation.ts';
import type { EstimateTerms } from './size-estimate.ts';
import type { SizeSample } from './size-sample.ts';

type Recommended = Extract<Recommendation, { readonly kind: 'recommended' }>;

/** Returns everything that is said of a decision. */
export function assemble(
  request: RecommendRequest,
  samples: ReadonlyMap<number, SizeSample>,
  narrowed: Narrowed,
  decided: Decided,
): Recommended {
  const { input, target, prices } = request;
  const { beliefs, terms, present } = narrowed;
  const { decision, chosen, more, grounds } = decided;
  const ofPresent = present?.estimate ?? null;
  const usdOf = (billedMs: number): number =>
    invocationCostUsd(prices, {
      billedMs,
      memoryMb: chosen.memoryMb,
      ephemeralStorageMb: request.ephemeralStorageMb,
    });
  const own = timeoutFor(request, samples, chosen, { terms, usdOf });
  const history = grounds && resultHistory(grounds, decision, target.memoryMb);
  const timeout = grounds === null ? own : groundTimeout(own, grounds, request, decided);
  // A month of the real calls is not one of a payload that is unlike them.
  const perMonth = isOfOtherCalls(input, history) ? undefined : input.invocationsPerMonth;
  const coldMs = beliefs.cold?.billedMs(chosen.memoryMb, chosen.estimate.belief.durationMs);
  return {
    kind: 'recommended',
    verdict: decision.verdict,
    memoryMb: decision.memoryMb,
    timeout,
    confidence: confidenceOf(decision, input.goal.tolerance),
    sizes: withPayloads(
      narrowed.sizes,
      samples,
      {
        basis: terms.basis,
        seed: request.seed,
        weights: input.payloads.map(({ weight }) => weight),
      },
      [decision.memoryMb, target.memoryMb],
    ),
    more,
    monthly: monthlyFigures(
      perMonth,
      chosen.estimate,
      ofPresent,
      coldMs === undefined ? null : usdOf(coldMs),
      terms.coldShare,
    ),
    curve: curveResult(beliefs),
    history,
    drift: swingOf(beliefs),
    advice: advise({
      triggers: request.triggers ?? [],
      chosen,
      timeout,
      presentTimeoutSeconds: target.timeoutSeconds,
      rate: rateOf(input.invocationsPerSecond, perMonth),
      coldMs: coldMs ?? null,
      coldShare: terms.coldShare,
      capacity: request.capacity ?? null,
      currency: prices.currency,
      records: input.payloads.map(({ records }) => records ?? null),
      named: request.named ?? null,
      headroom: input.timeout.headroom,
    }),
    warnings: everyWarning(request, samples, { narrowed, decided, timeout }),
    facts: recommendationFacts(decision, chosen.estimate, ofPresent, {
      presentMemoryMb: target.memoryMb,
      presentTimeoutSeconds: target.timeoutSeconds,
      timeoutSeconds: timeout.recommendedSeconds,
      more,
      invocationsPerMonth: input.invocationsPerMonth ?? null,
      traffic: history,
      currency: prices.currency,
      tradedAway:
        decision.verdict === 'keep'
          ? tradedAway(
              input.goal,
              narrowed.candidates.map(({ estimate }) => estimate),
              chosen.estimate,
            )
          : null,
    }),
  };
}

function isOfOtherCalls(
  { history: asked }: RecommendRequest['input'],
  history: ResultHistory | null,
): boolean {
  const isFilled =
    asked !== undefined && asked !== false && asked.fills.includes('invocationsPerMonth');
  return isFilled && history !== null && history.payload.verdict !== 'like';
}

function timeoutFor(
  { input, target, triggers = [] }: RecommendRequest,
  samples: ReadonlyMap<number, SizeSample>,
  { sample }: Candidate,
  { terms, usdOf }: { terms: EstimateTerms; usdOf: (billedMs: number) => number },
): TimeoutResult {
  return recommendTimeout({
    rule: input.timeout,
    presentTimeoutSeconds: target.timeoutSeconds,
    sample,
    samples: [...samples.values()],
    coldShare: terms.coldShare,
    triggers,
    usdOf,
  });
}

function confidenceOf(decision: Decision, tolerance: number): Confidence {
  return {
    withinTolerance: decision.withinTolerance,
    tolerance,
    runnerUp: decision.runnerUp,
    unsure: decision.unsure,
    savingsFraction: decision.comparison?.savingsFraction ?? null,
    speedup: decision.comparison?.speedup ?? null,
  };
}
