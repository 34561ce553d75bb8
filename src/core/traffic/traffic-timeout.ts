import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import { tailBound, type TailSeen, type TimeoutRule } from '../history/history-timeout.ts';
import { judgePresent, timeoutFor, wholeSeconds } from '../timeout/timeout-bound.ts';

/** How production's tail gets to the recommended size. */
export interface MovedTail {
  readonly seen: TailSeen;
  readonly rule: TimeoutRule;
  readonly presentTimeoutSeconds: number;
  /** Duration at the recommended size ÷ duration at the present one, with the most that it may well be. */
  readonly ratio: { readonly estimate: number; readonly high: number };
  /** The longest that the run itself saw at the recommended size. */
  readonly longestFoundMs: number;
}

/**
 * Returns the timeout by production's own tail, moved to the recommended size by the measured ratio at the
 * upper end of its uncertainty, with the rule's headroom; never below what production or the run was seen to
 * take. A tail that is fitted to few calls makes it longer only: in steps of 2 % the test for a second hump misses
 * some that the values would show. Where the tail is not known, the run's own answer stands as far as it is not below that; where
 * production was cut off, nothing below the present timeout is recommended.
 *
 * @param own the answer from the run's observations
 */
export function trafficTimeout(own: TimeoutResult, moved: MovedTail): TimeoutResult {
  const { seen, rule, presentTimeoutSeconds: present, ratio, longestFoundMs } = moved;
  const { warm, cold, cutOff } = seen;
  const longestSeenMs = Math.max(0, ...[warm, cold, cutOff].map(({ max }) => max ?? 0));
  const longestMs = Math.max(longestSeenMs, longestFoundMs);
  const tail = tailBound(seen, rule);
  if (tail === null) {
    const least = cutOff.count > 0 ? present : 1;
    const seconds = Math.max(own.recommendedSeconds ?? least, least, wholeSeconds(longestSeenMs));
    return {
      ...own,
      recommendedSeconds: own.recommendedSeconds === null ? null : seconds,
      present: cutOff.count > 0 ? 'too-tight' : (own.present ?? null),
      source: 'experiment',
    };
  }
  const bound = {
    basis: tail.basis,
    estimate: tail.estimate * ratio.estimate,
    high: Math.max(tail.high, tail.estimate) * ratio.high,
  };
  const byTail = timeoutFor(bound, { longestMs, headroom: rule.headroom }, present);
  const atLeast = tail.basis === 'fitted-tail' ? (own.recommendedSeconds ?? present) : 1;
  const seconds = Math.max(byTail, atLeast);
  return {
    ...own,
    recommendedSeconds: seconds,
    quantileMs: { estimate: bound.estimate, high: bound.high },
    basis: bound.basis,
    present:
      cutOff.count > 0
        ? 'too-tight'
        : judgePresent(present, Math.max(longestFoundMs, bound.high), seconds),
    neededObservations: null,
    source: 'history',
  };
}

/**
 * Returns the most that a duration may grow (or the least that it may shrink) by changing the size, of calls
 * that nobody measured: all of one whose work waits for the CPU grows as memory shrinks, and nothing of one
 * that waits shrinks.
 */
export function ratioOfAnyCall(presentMb: number, nextMb: number): number {
  return Math.max(1, presentMb / nextMb);
}
