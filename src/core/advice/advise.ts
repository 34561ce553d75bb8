import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { TimeoutResult } from '../../contract/tune/result.ts';
import { longestMs, type Candidate } from '../recommend/eligible.ts';
import { weightedBy } from '../recommend/size-sample.ts';
import { weightedQuantile } from '../statistics/weighted.ts';
import { triggerAdvice, type Pace } from './trigger-advice.ts';

export interface AdviceGround {
  readonly triggers: readonly Trigger[];
  /** The recommended size. */
  readonly chosen: Candidate;
  readonly timeout: TimeoutResult;
  readonly presentTimeoutSeconds: number;
}

/** Tells what to set around the function, as far as its triggers and its traffic are known. */
export function advise(ground: AdviceGround): readonly AdviceFacts[] {
  return triggerAdvice(ground.triggers, paceOf(ground));
}

function paceOf({ chosen, timeout, presentTimeoutSeconds }: AdviceGround): Pace {
  const warm = weightedBy(chosen.sample.warm, ({ durationMs }) => durationMs);
  return {
    timeoutSeconds: timeout.recommendedSeconds ?? presentTimeoutSeconds,
    slowMs: warm.length === 0 ? null : weightedQuantile(warm, 0.99),
    slowestMs: Math.max(timeout.quantileMs.high ?? 0, longestMs(chosen.sample)),
  };
}
