import type { ResultHistory } from '../../contract/history/traffic.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { Decided } from '../recommend/decide-among.ts';
import type { Decision } from '../recommend/decide.ts';
import { longestMs } from '../recommend/eligible.ts';
import type { RecommendRequest } from '../recommend/recommendation.ts';
import type { Grounds } from './ground-choice.ts';
import { PICTURE_STEP } from '../history/function-history.ts';
import { unpackDurations } from './packed-durations.ts';
import { trafficSaving } from './traffic-saving.ts';
import { ratioOfAnyCall, trafficTimeout } from './traffic-timeout.ts';

/** Tells what a result says of production. */
export function resultHistory(
  { traffic, warm, payload, weights }: Grounds,
  decision: Decision,
  presentMb: number,
): ResultHistory {
  const { since, until, invocationsPerMonth, coldShare, sizes, presentUsd } = traffic;
  const { comparison, memoryMb } = decision;
  const isStated =
    payload.verdict === 'like' &&
    comparison !== null &&
    presentUsd !== null &&
    memoryMb !== presentMb;
  return {
    since,
    until,
    invocationsPerMonth,
    coldShare,
    sizes,
    payload: { ...payload, weights },
    savingUsdPerMonth: isStated
      ? trafficSaving({
          invocationsPerMonth,
          presentUsd,
          ofTraffic: (warm.variation ?? 0) / Math.sqrt(Math.max(1, warm.count)),
          savingsFraction: comparison.savingsFraction,
          durationRatio: 1 / comparison.speedup.estimate,
          presentMb,
          nextMb: memoryMb,
        })
      : null,
    durations: {
      warm: warm.steps(PICTURE_STEP),
      cold: unpackDurations(traffic.cold).steps(PICTURE_STEP),
    },
  };
}

/** Returns the timeout with production's tail, moved to the size that was chosen. */
export function groundTimeout(
  own: TimeoutResult,
  { traffic, warm, payload }: Grounds,
  { input, target }: RecommendRequest,
  { decision, chosen }: Decided,
): TimeoutResult {
  const speedup = decision.comparison?.speedup ?? null;
  const measured =
    speedup === null ? null : { estimate: 1 / speedup.estimate, high: 1 / speedup.low };
  const ofAny = ratioOfAnyCall(target.memoryMb, decision.memoryMb);
  const isSame = decision.memoryMb === target.memoryMb;
  // What was measured holds for calls like those that were measured.
  const ratio = isSame
    ? { estimate: 1, high: 1 }
    : {
        estimate: measured?.estimate ?? 1,
        high:
          payload.verdict === 'like' && measured !== null
            ? measured.high
            : Math.max(ofAny, measured?.high ?? 1),
      };
  return trafficTimeout(own, {
    seen: { warm, cold: unpackDurations(traffic.cold), cutOff: unpackDurations(traffic.cutOff) },
    rule: input.timeout,
    presentTimeoutSeconds: target.timeoutSeconds,
    ratio,
    longestFoundMs: longestMs(chosen.sample),
  });
}
