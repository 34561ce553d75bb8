import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { Deployment } from '../../contract/tune/target.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { Prices } from '../cost/prices.ts';
import { longestMs, type Candidate } from '../recommend/eligible.ts';
import { weightedBy } from '../recommend/size-sample.ts';
import { weightedQuantile } from '../statistics/weighted.ts';
import { alarmAdvice } from './alarm-advice.ts';
import { concurrencyAdvice, type Capacity } from './concurrency-advice.ts';
import type { Rate } from './load.ts';
import { recordAdvice } from './record-advice.ts';
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
  readonly currency: Prices['currency'];
  /** How many `Records` each payload holds; `null` for one that has none. */
  readonly records: readonly (number | null)[];
  /** Whom alarms are for; `null` where nothing is to be said of them. */
  readonly named: Named | null;
  readonly headroom: number;
}

/** A function that can be watched, and what deploys it. */
export interface Named {
  readonly functionName: string;
  readonly deployment?: Deployment | null;
}

/** Tells what to set around the function, as far as its triggers and its traffic are known. */
export function advise(ground: AdviceGround): readonly AdviceFacts[] {
  const pace = paceOf(ground);
  const { triggers, chosen, records } = ground;
  return [
    ...triggerAdvice(triggers, pace),
    ...adviseConcurrency(ground),
    ...recordAdvice({
      memoryMb: chosen.memoryMb,
      currency: ground.currency,
      warm: chosen.sample.warm,
      records,
      triggers,
    }),
    ...adviseAlarms(ground, pace),
  ];
}

function adviseAlarms(ground: AdviceGround, { timeoutSeconds }: Pace): readonly AdviceFacts[] {
  const { named, triggers, timeout, chosen, headroom } = ground;
  if (named === null) return [];
  return alarmAdvice({
    functionName: named.functionName,
    deployment: named.deployment ?? null,
    triggers,
    timeoutSeconds,
    boundMs: timeout.quantileMs.high,
    longestMs: longestMs(chosen.sample),
    headroom,
  });
}

function adviseConcurrency(ground: AdviceGround): readonly AdviceFacts[] {
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
