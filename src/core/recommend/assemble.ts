import type { ResultHistory } from '../../contract/history/traffic.ts';
import type { Confidence } from '../../contract/tune/confidence.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
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
    sizes: sizesOf(request, samples, narrowed, decision.memoryMb),
    more,
    monthly: monthlyFigures(
      perMonth,
      chosen.estimate,
      present?.estimate ?? null,
      coldMs === undefined ? null : usdOf(coldMs),
      terms.coldShare,
    ),
    curve: curveResult(beliefs),
    history,
    drift: swingOf(beliefs),
    advice: adviceOf(request, decided, { timeout, perMonth, coldMs, coldShare: terms.coldShare }),
    warnings: everyWarning(request, samples, { narrowed, decided, timeout }),
    facts: factsOf(request, narrowed, decided, { timeout, history }),
  };
}

/** Sizes with what each payload took at those that matter most. */
function sizesOf(
  { input, target, seed }: RecommendRequest,
  samples: ReadonlyMap<number, SizeSample>,
  { sizes, terms }: Narrowed,
  chosenMb: number,
): Recommended['sizes'] {
  const weights = input.payloads.map(({ weight }) => weight);
  const payloadTerms = { basis: terms.basis, seed, weights };
  return withPayloads(sizes, samples, payloadTerms, [chosenMb, target.memoryMb]);
}

/** What to set around the function, at the recommended size. */
function adviceOf(
  request: RecommendRequest,
  { chosen }: Decided,
  known: {
    readonly timeout: TimeoutResult;
    readonly perMonth: number | undefined;
    readonly coldMs: number | undefined;
    readonly coldShare: number;
  },
): Recommended['advice'] {
  const { input, target, prices } = request;
  return advise({
    triggers: request.triggers ?? [],
    chosen,
    timeout: known.timeout,
    presentTimeoutSeconds: target.timeoutSeconds,
    rate: rateOf(input.invocationsPerSecond, known.perMonth),
    coldMs: known.coldMs ?? null,
    coldShare: known.coldShare,
    capacity: request.capacity ?? null,
    currency: prices.currency,
    records: input.payloads.map(({ records }) => records ?? null),
    named: request.named ?? null,
    headroom: input.timeout.headroom,
  });
}

function factsOf(
  { input, target, prices }: RecommendRequest,
  { candidates, present }: Narrowed,
  { decision, chosen, more }: Decided,
  { timeout, history }: Pick<Recommended, 'timeout' | 'history'>,
): Recommended['facts'] {
  const estimates = candidates.map(({ estimate }) => estimate);
  const isKept = decision.verdict === 'keep';
  return recommendationFacts(decision, chosen.estimate, present?.estimate ?? null, {
    presentMemoryMb: target.memoryMb,
    presentTimeoutSeconds: target.timeoutSeconds,
    timeoutSeconds: timeout.recommendedSeconds,
    more,
    invocationsPerMonth: input.invocationsPerMonth ?? null,
    traffic: history,
    currency: prices.currency,
    tradedAway: isKept ? tradedAway(input.goal, estimates, chosen.estimate) : null,
  });
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
