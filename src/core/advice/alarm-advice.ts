import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Deployment } from '../../contract/tune/target.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import { ITERATOR_AGE_MS } from './trigger-advice.ts';

/** An alarm is to ring before the timeout cuts anything off. */
const BELOW_TIMEOUT = 0.9;

export interface Watched {
  readonly functionName: string;
  readonly deployment: Deployment | null;
  readonly triggers: readonly Trigger[];
  readonly timeoutSeconds: number;
  /** An upper bound for the tail of the durations; `null` where too little was measured. */
  readonly boundMs: number | null;
  readonly longestMs: number;
  readonly headroom: number;
}

/**
 * Tells which alarms to set. That of durations is AWS's (p90, 15 of 15 minutes, below the timeout: "Recommended
 * alarms", CloudWatch User Guide, 2026-11); its threshold, which AWS leaves open, is what hardly any invocation
 * took: when one in ten takes longer, something has changed. That of records' age is at the 30 s of AWS's best
 * practices for streams, over five minutes, which AWS leaves open.
 */
export function alarmAdvice(watched: Watched): readonly AdviceFacts[] {
  const { functionName, deployment, triggers, timeoutSeconds } = watched;
  const where = {
    functionName,
    project: deployment?.project ?? null,
    logicalId: deployment?.logicalId ?? null,
    periodSeconds: 60 as const,
  };
  const thresholdMs = thresholdOf(watched);
  const hasStream = triggers.some(({ source }) => source === 'kinesis' || source === 'dynamodb');
  return [
    ...(thresholdMs === null
      ? []
      : [
          {
            code: 'duration-alarm' as const,
            ...where,
            statistic: 'p90' as const,
            periods: 15,
            thresholdMs,
            timeoutSeconds,
          },
        ]),
    ...(hasStream
      ? [
          {
            code: 'iterator-age-alarm' as const,
            ...where,
            statistic: 'Maximum' as const,
            periods: 5,
            thresholdMs: ITERATOR_AGE_MS,
          },
        ]
      : []),
  ];
}

/** The bound, or else the longest with headroom: in two digits, rounded up, and below the timeout. */
function thresholdOf({ boundMs, longestMs, headroom, timeoutSeconds }: Watched): number | null {
  if (longestMs <= 0) return null;
  const most = Math.floor(timeoutSeconds * 1000 * BELOW_TIMEOUT);
  const wanted = boundMs === null ? longestMs * headroom : Math.max(boundMs, longestMs);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.min(most, Math.ceil(wanted / unit) * unit);
}
