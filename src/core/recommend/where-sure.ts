import type { Unsure } from '../../contract/tune/confidence.ts';
import type { Decision } from './decide.ts';

/** How probable it must be that the limits are kept, for a verdict other than inconclusive. */
export const LIMITS_SURE_ENOUGH = 0.9;

/**
 * Tells what the figures are of, in place of what the input asks for: then nothing that is seen decides
 * anything.
 */
export function otherThanWanted(
  isOfRepeats: boolean,
  isOfAnotherMix: boolean,
  isInterrupted: boolean,
  isNotPriced: boolean,
): Unsure | null {
  const what = isOfRepeats
    ? 'repeats'
    : isOfAnotherMix
      ? 'payloads'
      : isInterrupted
        ? 'interrupted'
        : isNotPriced
          ? 'price'
          : null;
  return what === null ? null : { what, probability: null };
}

/**
 * Returns a decision, as far as it stands. A size that may well break a limit is no answer, however good
 * otherwise; nor are figures of something else than what was asked for.
 */
export function whereSure(decided: Decision, keepsLimits: number, other: Unsure | null): Decision {
  if (other !== null) return { ...decided, verdict: 'inconclusive', unsure: other };
  if (keepsLimits >= LIMITS_SURE_ENOUGH) return decided;
  const unsure = decided.unsure ?? { what: 'limits', probability: keepsLimits };
  return { ...decided, verdict: 'inconclusive', unsure };
}

/** Returns a choice that calls unlike the payload could turn is none for the traffic. */
export function whereLikeTraffic(decided: Decision, mayTurn: boolean): Decision {
  if (!mayTurn || decided.verdict === 'inconclusive') return decided;
  return { ...decided, verdict: 'inconclusive', unsure: { what: 'traffic', probability: null } };
}
