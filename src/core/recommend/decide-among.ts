import type { MoreMeasuring } from '../../contract/tune/result.ts';
import { fasterRepeats, type FasterRepeats } from '../payload/repeats.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import { groundChoice, type Grounds } from '../traffic/ground-choice.ts';
import { decide, type Decision } from './decide.ts';
import type { Candidate } from './eligible.ts';
import { limitProbability } from './limit-probability.ts';
import { moreMeasuring } from './more-measuring.ts';
import type { Narrowed } from './narrow.ts';
import { areMeansOfAnotherMix, payloadGaps, type PayloadGap } from './payload-gaps.ts';
import type { RecommendRequest } from './recommendation.ts';
import { durationsOf } from './survey.ts';
import { LIMITS_SURE_ENOUGH, otherThanWanted, whereLikeTraffic, whereSure } from './where-sure.ts';

/** What is chosen and how sure that is. */
export interface Decided {
  readonly decision: Decision;
  readonly chosen: Candidate;
  /** Probability that the chosen size keeps to the limits. */
  readonly keepsLimits: number;
  readonly more: MoreMeasuring | null;
  readonly gaps: readonly PayloadGap[];
  readonly repeats: FasterRepeats | null;
  /** What production says of it; `null` where nothing is known of production. */
  readonly grounds: Grounds | null;
}

export function decideAmong(request: RecommendRequest, narrowed: Narrowed): Decided {
  const { input } = request;
  const { candidates, measured, present, terms } = narrowed;
  const estimates = candidates.map(({ estimate }) => estimate);
  const ofPresent = present?.estimate ?? null;
  const decided = decide(input.goal, estimates, ofPresent);
  const chosen = candidates.find(({ memoryMb }) => memoryMb === decided.memoryMb);
  if (chosen === undefined)
    throw new RangeError('Could not recommend: the chosen size is no candidate.');
  const seen = durationsOf(chosen.sample, terms);
  /** With so many times the durations that were seen. */
  const keepsLimits = (times: number): number => {
    const durations = times === 1 ? seen : Array.from({ length: times }, () => seen).flat();
    return limitProbability(input.limits, chosen.estimate.belief, durations);
  };
  const ofMeasured = measured.map(({ sample }) => sample);
  const gaps = payloadGaps(ofMeasured, terms.basis);
  const repeats = fasterRepeats(request.trial ?? null, request.observations);
  const other = otherThanWanted(
    repeats !== null && !input.allowRepeats,
    areMeansOfAnotherMix(gaps, ofMeasured),
    request.isInterrupted === true,
    request.isNotPriced === true,
  );
  const sure = whereSure(decided, keepsLimits(1), other);
  const grounds = groundsOf(request, narrowed, chosen);
  const decision = whereLikeTraffic(sure, grounds?.mayTurn === true);
  const isOpen = sure.verdict === 'inconclusive' && other === null;
  const willKeep = (times: number): boolean => keepsLimits(times) >= LIMITS_SURE_ENOUGH;
  const more = isOpen
    ? moreMeasuring(input.goal, estimates, chosen.estimate, ofPresent, willKeep)
    : null;
  return { decision, chosen, keepsLimits: keepsLimits(1), more, gaps, repeats, grounds };
}

function groundsOf(
  { traffic, input, prices, ephemeralStorageMb }: RecommendRequest,
  { candidates, present, terms, beliefs }: Narrowed,
  chosen: Candidate,
): Grounds | null {
  if (traffic === undefined || traffic === null) return null;
  const usdOf = (memoryMb: number, billedMs: number): number =>
    invocationCostUsd(prices, { billedMs, memoryMb, ephemeralStorageMb });
  return groundChoice(traffic, {
    input,
    candidates,
    chosen,
    present,
    basis: terms.basis,
    kneeMb: beliefs.curve.kneeMb,
    usdPerMs: (memoryMb) => usdOf(memoryMb, 1) - usdOf(memoryMb, 0),
  });
}
