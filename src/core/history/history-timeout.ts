import type { HistoryTarget, HistoryTimeout } from '../../contract/history/history.ts';
import { timeoutRuleSchema } from '../../contract/tune/input.ts';
import { coldTail } from '../timeout/cold-tail.ts';
import { upperBoundRank } from '../timeout/upper-bound-rank.ts';
import { fewestForTail, fitTail } from '../timeout/tail-fit.ts';
import {
  coldQuantile,
  joinBounds,
  judgePresent,
  timeoutFor,
  type TimeoutBound,
} from '../timeout/timeout-bound.ts';
import { triggerLimits } from '../timeout/trigger-limits.ts';
import type { BucketedDurations } from './bucketed-durations.ts';

/** The rule of every run that is told nothing else. */
const RULE = timeoutRuleSchema.parse({});
export type TimeoutRule = typeof RULE;
const MOST_VALUES = 20_000;

export interface TailSeen {
  readonly warm: BucketedDurations;
  readonly cold: BucketedDurations;
  /** What the timeout in force cut off: longer than everything, nobody knows by how much. */
  readonly cutOff: BucketedDurations;
}

/**
 * The timeout by the usual rules (see `recommendTimeout`), from counts in buckets: every value is taken for the
 * largest of its bucket, so it is never below the one from the values themselves. Where something was cut off,
 * that counts as longer than all the rest; if the wanted quantile lies there, the answer is `insufficient`.
 */
export function historyTimeout(
  { warm, cold, cutOff }: TailSeen,
  { timeoutSeconds, triggers }: Pick<HistoryTarget, 'timeoutSeconds' | 'triggers'>,
): HistoryTimeout {
  const longestMs = Math.max(0, ...[warm, cold, cutOff].map(({ max }) => max ?? 0));
  const bound = tailBound({ warm, cold, cutOff }, RULE);
  const present = timeoutSeconds;
  const recommendedSeconds =
    bound === null && present === null
      ? null
      : timeoutFor(bound, { longestMs, headroom: RULE.headroom }, present ?? 0);
  const neededMs = Math.max(longestMs, bound?.high ?? 0);
  return {
    presentSeconds: present,
    recommendedSeconds: longestMs === 0 ? null : recommendedSeconds,
    quantileMs: { estimate: bound?.estimate ?? null, high: bound?.high ?? null },
    basis: bound?.basis ?? 'insufficient',
    present:
      present === null
        ? null
        : cutOff.count > 0
          ? 'too-tight'
          : judgePresent(present, neededMs, bound && recommendedSeconds),
    limits: triggerLimits(triggers),
  };
}

/** `null` where the quantile that the rule wants is not known. */
export function tailBound(seen: TailSeen, rule: TimeoutRule): TimeoutBound | null {
  const warm = warmBound(seen, rule);
  return warm && joinBounds(warm, coldBound(seen, rule));
}

function warmBound(
  { warm, cutOff }: TailSeen,
  { quantile, confidence }: TimeoutRule,
): TimeoutBound | null {
  const n = warm.count + cutOff.count;
  const rank = upperBoundRank(n, quantile, confidence);
  if (rank !== null) {
    const high = warm.atRank(rank);
    const estimate = warm.quantile(quantile);
    return high === null || estimate === null ? null : { basis: 'observations', estimate, high };
  }
  if (cutOff.count > 0 || n < fewestForTail(quantile, confidence)) return null;
  const fit = fitTail(warm.values('even', MOST_VALUES), quantile, confidence);
  if (fit.kind === 'no-fit') return null;
  // A value that is spread over its bucket may lack as much as the width of the tail's buckets.
  return { basis: 'fitted-tail', estimate: fit.estimate, high: fit.high * warm.tailWidth };
}

function coldBound(
  { warm, cold }: TailSeen,
  rule: TimeoutRule,
): Pick<TimeoutBound, 'estimate' | 'high'> | null {
  const share = cold.count / Math.max(1, cold.count + warm.count);
  const quantile = coldQuantile(rule.quantile, share);
  if (cold.count === 0 || quantile === null) return null;
  return coldTail(cold.values('largest', MOST_VALUES), quantile, rule.confidence);
}
