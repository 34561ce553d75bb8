import type { TimeoutResult } from '../../contract/result.ts';
import type { SettledInput } from '../../contract/state.ts';
import { MAX_TIMEOUT_SECONDS, MIN_TIMEOUT_SECONDS } from '../../contract/memory.ts';
import type { SizeSample } from '../recommend/size-sample.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { quantileUpperBound } from './quantile-bound.ts';

export interface TimeoutRequest {
  readonly rule: SettledInput['timeout'];
  readonly presentTimeoutSeconds: number;
  /** Of the size that the timeout is for. */
  readonly sample: SizeSample;
}

/**
 * The timeout for one size. Lambda's timeout counts the handler's run time, without init and restore,
 * so Duration is what it is held against, of warm and cold invocations alike.
 *
 * With enough warm observations for an upper confidence bound of the wanted quantile without
 * assumptions (2,995 for 99.9 %), that bound with headroom, at least the longest seen, cold ones
 * included; it may be below the present timeout. With fewer nothing below the present timeout is
 * recommended, and more only where the longest seen, with headroom, does not fit.
 */
export function recommendTimeout(request: TimeoutRequest): TimeoutResult {
  const { rule, presentTimeoutSeconds, sample } = request;
  const warm = sample.warm.map(({ durationMs }) => durationMs);
  const longestMs = Math.max(
    0,
    warm.at(-1) ?? 0,
    sample.cold.at(-1)?.durationMs ?? 0,
    sample.cutOffMs.at(-1) ?? 0,
  );
  const high = quantileUpperBound(warm, rule.quantile, rule.confidence);
  // What was cut off would have taken longer, nobody knows how long: no quantile beyond it is known.
  if (high === null || sample.cutOffMs.length > 0) {
    return {
      recommendedSeconds: Math.max(presentTimeoutSeconds, wholeSeconds(longestMs * rule.headroom)),
      quantileMs: { estimate: null, high: null },
      basis: 'insufficient',
      limits: [],
    };
  }
  return {
    recommendedSeconds: wholeSeconds(Math.max(longestMs, high * rule.headroom)),
    quantileMs: { estimate: quantileOf(warm, rule.quantile), high },
    basis: 'observations',
    limits: [],
  };
}

/** Rounded up, within what Lambda takes. */
function wholeSeconds(ms: number): number {
  return Math.min(MAX_TIMEOUT_SECONDS, Math.max(MIN_TIMEOUT_SECONDS, Math.ceil(ms / 1000)));
}
