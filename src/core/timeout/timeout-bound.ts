import { MAX_TIMEOUT_SECONDS, MIN_TIMEOUT_SECONDS } from '../../contract/shared/memory.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';

/** Of what may be cut off at all, cold starts may take this part. */
const COLD_PART = 0.25;
/** A timeout so many times the recommended one is loose. */
const LOOSE = 5;

/** An upper confidence bound for the quantile that a timeout must let through, in milliseconds. */
export interface TimeoutBound {
  readonly estimate: number;
  readonly high: number;
  readonly basis: 'observations' | 'fitted-tail';
}

/** Returns the bound for warm and cold invocations together; without cold ones it is that of the warm. */
export function joinBounds(
  warm: TimeoutBound,
  cold: Pick<TimeoutBound, 'estimate' | 'high'> | null,
): TimeoutBound {
  if (cold === null) return warm;
  return {
    basis: warm.basis,
    estimate: Math.max(warm.estimate, cold.estimate),
    high: Math.max(warm.high, cold.high),
  };
}

/**
 * Returns the quantile of cold starts that a timeout must let through; `null` where they are too rare to
 * matter.
 */
export function coldQuantile(quantile: number, coldShare: number): number | null {
  const allowed = coldShare === 0 ? 1 : (COLD_PART * (1 - quantile)) / coldShare;
  return allowed >= 0.5 ? null : 1 - allowed;
}

/**
 * Returns a timeout with headroom, in whole seconds, at least the longest seen. Without a bound it is never
 * below the present one.
 */
export function timeoutFor(
  bound: TimeoutBound | null,
  { longestMs, headroom }: { readonly longestMs: number; readonly headroom: number },
  presentSeconds: number,
): number {
  return bound === null
    ? Math.max(presentSeconds, wholeSeconds(longestMs * headroom))
    : wholeSeconds(Math.max(longestMs, bound.high * headroom));
}

/** Tells how the present timeout does; `null` where nothing tells. */
export function judgePresent(
  presentSeconds: number,
  neededMs: number,
  recommendedSeconds: number | null,
): NonNullable<TimeoutResult['present']> | null {
  if (neededMs > presentSeconds * 1000) return 'too-tight';
  if (recommendedSeconds === null) return null;
  return presentSeconds > LOOSE * recommendedSeconds ? 'too-loose' : 'fits';
}

/** Rounded up, within what Lambda takes. */
export function wholeSeconds(ms: number): number {
  return Math.min(MAX_TIMEOUT_SECONDS, Math.max(MIN_TIMEOUT_SECONDS, Math.ceil(ms / 1000)));
}
