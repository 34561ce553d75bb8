import type { HistoryTarget, HistoryTimeout } from '../../contract/history/history.ts';
import { MAX_TIMEOUT_SECONDS, MIN_TIMEOUT_SECONDS } from '../../contract/shared/memory.ts';
import { coldTail } from '../timeout/cold-tail.ts';
import { upperBoundRank } from '../timeout/upper-bound-rank.ts';
import { fewestForTail, fitTail } from '../timeout/tail-fit.ts';
import { triggerLimits } from '../timeout/trigger-limits.ts';
import { BUCKETS_PER_E } from './history-query.ts';
import type { BucketedDurations } from './bucketed-durations.ts';

/** The rule of every run that is told nothing else. */
const RULE = { quantile: 0.999, confidence: 0.95, headroom: 1.5 } as const;
const COLD_PART = 0.25;
const LOOSE = 5;
const MOST_VALUES = 20_000;
/** What a value spread over its bucket may lack. */
const BUCKET_WIDTH = Math.exp(1 / BUCKETS_PER_E);

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
  const bound = boundOf({ warm, cold, cutOff });
  const present = timeoutSeconds;
  const atLeast = wholeSeconds(longestMs * RULE.headroom);
  const recommendedSeconds =
    bound === null
      ? present === null
        ? null
        : Math.max(present, atLeast)
      : wholeSeconds(Math.max(longestMs, bound.high * RULE.headroom));
  const neededMs = Math.max(longestMs, bound?.high ?? 0);
  return {
    presentSeconds: present,
    recommendedSeconds: longestMs === 0 ? null : recommendedSeconds,
    quantileMs: { estimate: bound?.estimate ?? null, high: bound?.high ?? null },
    basis: bound?.basis ?? 'insufficient',
    present: judge(present, neededMs, cutOff.count > 0, bound === null ? null : recommendedSeconds),
    limits: triggerLimits(triggers),
  };
}

function judge(
  present: number | null,
  neededMs: number,
  cutOff: boolean,
  recommended: number | null,
): HistoryTimeout['present'] {
  if (present === null) return null;
  if (cutOff || neededMs > present * 1000) return 'too-tight';
  if (recommended === null) return null;
  return present > LOOSE * recommended ? 'too-loose' : 'fits';
}

interface Bound {
  readonly estimate: number;
  readonly high: number;
  readonly basis: 'observations' | 'fitted-tail';
}

function boundOf(seen: TailSeen): Bound | null {
  const warm = warmBound(seen);
  if (warm === null) return null;
  const cold = coldBound(seen);
  return {
    basis: warm.basis,
    estimate: Math.max(warm.estimate, cold?.estimate ?? 0),
    high: Math.max(warm.high, cold?.high ?? 0),
  };
}

function warmBound({ warm, cutOff }: TailSeen): Bound | null {
  const n = warm.count + cutOff.count;
  const rank = upperBoundRank(n, RULE.quantile, RULE.confidence);
  if (rank !== null) {
    const high = warm.atRank(rank);
    const estimate = warm.quantile(RULE.quantile);
    return high === null || estimate === null ? null : { basis: 'observations', estimate, high };
  }
  if (cutOff.count > 0 || n < fewestForTail(RULE.quantile, RULE.confidence)) return null;
  const fit = fitTail(warm.values('even', MOST_VALUES), RULE.quantile, RULE.confidence);
  if (fit.kind === 'no-fit') return null;
  return { basis: 'fitted-tail', estimate: fit.estimate, high: fit.high * BUCKET_WIDTH };
}

function coldBound({ warm, cold }: TailSeen): Pick<Bound, 'estimate' | 'high'> | null {
  const share = cold.count / Math.max(1, cold.count + warm.count);
  const allowed = share === 0 ? 1 : (COLD_PART * (1 - RULE.quantile)) / share;
  if (cold.count === 0 || allowed >= 0.5) return null;
  return coldTail(cold.values('largest', MOST_VALUES), 1 - allowed, RULE.confidence);
}

function wholeSeconds(ms: number): number {
  return Math.min(MAX_TIMEOUT_SECONDS, Math.max(MIN_TIMEOUT_SECONDS, Math.ceil(ms / 1000)));
}
