import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { TimeoutResult } from '../../contract/tune/result.ts';
import { longestMs, type Candidate } from '../recommend/eligible.ts';
import { weightedBy } from '../recommend/size-sample.ts';
import { weightedQuantile } from '../statistics/weighted.ts';
import { concurrencyAdvice, type Capacity } from './concurrency-advice.ts';
import type { Rate } from './load.ts';
import { triggerAdvice, type Pace } from './trigger-advice.ts';

export interface AdviceGround {
  readonly triggers: readonly Trigger[];
  /** The recommended size. */
  readonly chosen: Candidate;
  readonly timeout: TimeoutResult;
  readonly presentTimeoutSeconds: number;
  /** `null` where nothing is known of the traffic. */
  readonly rate: Rate | null;
  /** What a cold invocation takes, init and all; `null` where none was seen. */
  readonly coldMs: number | null;
  readonly coldShare: number;
  readonly capacity: Capacity | null;
}

/** Tells what to set around the function, as far as its triggers and its traffic are known. */
export function advise(ground: AdviceGround): readonly AdviceFacts[] {
  return [...triggerAdvice(ground.triggers, paceOf(ground)), ...ofTraffic(ground)];
}

function ofTraffic(ground: AdviceGround): readonly AdviceFacts[] {
  const { rate, chosen, coldMs, coldShare, capacity, triggers } = ground;
  if (rate === null) return [];
  return concurrencyAdvice({
    rate,
    occupation: { warmMs: chosen.estimate.durationMs, coldMs, coldShare },
    memoryMb: chosen.memoryMb,
    hasQueue: triggers.some(({ source }) => source === 'sqs'),
    capacity,
  });
}

function paceOf({ chosen, timeout, presentTimeoutSeconds }: AdviceGround): Pace {
  const warm = weightedBy(chosen.sample.warm, ({ durationMs }) => durationMs);
  return {
    timeoutSeconds: timeout.recommendedSeconds ?? presentTimeoutSeconds,
    slowMs: warm.length === 0 ? null : weightedQuantile(warm, 0.99),
    slowestMs: Math.max(timeout.quantileMs.high ?? 0, longestMs(chosen.sample)),
  };
}
