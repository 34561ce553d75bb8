import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { SizeSample } from '../recommend/size-sample.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { coldTail } from './cold-tail.ts';
import { quantileUpperBound } from './quantile-bound.ts';
import { fewestForTail, fitTail } from './tail-fit.ts';
import {
  coldQuantile,
  joinBounds,
  judgePresent,
  timeoutFor,
  type TimeoutBound,
} from './timeout-bound.ts';
import { triggerLimits } from './trigger-limits.ts';

export interface TimeoutRequest {
  readonly rule: SettledInput['timeout'];
  readonly presentTimeoutSeconds: number;
  /** Of the size that the timeout is for. */
  readonly sample: SizeSample;
  /** Of every size, for first runs. */
  readonly samples?: readonly SizeSample[];
  readonly coldShare?: number;
  readonly triggers?: readonly Trigger[];
  /** What one invocation of a length costs at that size. */
  readonly usdOf?: (billedMs: number) => number;
}

/**
 * Returns the timeout for one size. Lambda's timeout counts the handler's run time, without init and restore,
 * so Duration is what it is held against, of warm and cold invocations alike.
 *
 * The bound is an upper confidence bound for the wanted quantile: with enough observations from their order
 * alone (2,995 for 99.9 %), with fewer from a fitted tail (598 at least, of the size itself). First
 * runs of handlers, few as they are, get a bound of their own for their share. With headroom, in whole
 * seconds, at least the longest seen. With too few, with two humps, or where something was cut off, nothing
 * below the present timeout is recommended, and more only where the longest seen, with headroom, does not fit.
 */
export function recommendTimeout(request: TimeoutRequest): TimeoutResult {
  const { rule, presentTimeoutSeconds: present, sample, triggers = [] } = request;
  const longestMs = Math.max(
    0,
    sample.warm.at(-1)?.durationMs ?? 0,
    sample.cold.at(-1)?.durationMs ?? 0,
    sample.cutOffMs.at(-1) ?? 0,
  );
  const bound = boundOf(request);
  const seconds = timeoutFor(bound, { longestMs, headroom: rule.headroom }, present);
  const usdOf = (timeoutSeconds: number): number | null =>
    request.usdOf?.(timeoutSeconds * 1000) ?? null;
  return {
    recommendedSeconds: seconds,
    quantileMs: { estimate: bound?.estimate ?? null, high: bound?.high ?? null },
    basis: bound?.basis ?? 'insufficient',
    limits: triggerLimits(triggers),
    present: judgePresent(present, Math.max(longestMs, bound?.high ?? 0), bound && seconds),
    hungCallUsd: { present: usdOf(present), recommended: usdOf(seconds) },
    neededObservations: bound === null ? fewestForTail(rule.quantile, rule.confidence) : null,
    observed: observedBound(sample, rule.confidence),
  };
}

/**
 * Tells what the observations say for sure, few as they may be: of n that were all within the longest, a
 * share of 1 − (1 − confidence)^(1 ÷ n) at most takes longer (the largest order statistic, as in quantile-
 * bound.ts).
 */
function observedBound(
  { warm, cutOffMs }: SizeSample,
  confidence: number,
): NonNullable<TimeoutResult['observed']> | null {
  const longest = warm.at(-1);
  if (longest === undefined || cutOffMs.length > 0) return null;
  return {
    ms: longest.durationMs,
    exceededByAtMost: 1 - (1 - confidence) ** (1 / warm.length),
    confidence,
  };
}

function boundOf(request: TimeoutRequest): TimeoutBound | null {
  const { rule, sample } = request;
  // What was cut off would have taken longer, nobody knows how long: no quantile beyond it is known.
  if (sample.cutOffMs.length > 0) return null;
  const warm = warmBound();
  return warm && joinBounds(warm, coldBound(request));

  function warmBound(): TimeoutBound | null {
    const own = sample.warm.map(({ durationMs }) => durationMs);
    const high = quantileUpperBound(own, rule.quantile, rule.confidence);
    if (high !== null) {
      return { basis: 'observations', estimate: quantileOf(own, rule.quantile), high };
    }
    // Of this size alone: what other sizes never showed, this one may do now and then.
    if (own.length < fewestForTail(rule.quantile, rule.confidence)) return null;
    const fit = fitTail(own, rule.quantile, rule.confidence);
    if (fit.kind === 'no-fit') return null;
    return { basis: 'fitted-tail', estimate: fit.estimate, high: fit.high };
  }
}

/** `null` where no cold start was seen, or they are too rare to matter. */
function coldBound({
  rule,
  sample,
  samples = [sample],
  coldShare = 0,
}: TimeoutRequest): Pick<TimeoutBound, 'estimate' | 'high'> | null {
  const quantile = coldQuantile(rule.quantile, coldShare);
  const own = medianMs(sample);
  const ratios = samples.flatMap((each) => {
    const median = medianMs(each);
    return median === null ? [] : each.cold.map(({ durationMs }) => durationMs / median);
  });
  if (own === null || ratios.length === 0 || quantile === null) return null;
  const { estimate, high } = coldTail(ratios, quantile, rule.confidence);
  return { estimate: estimate * own, high: high * own };
}

function medianMs({ warm }: SizeSample): number | null {
  if (warm.length === 0) return null;
  return quantileOf(
    warm.map(({ durationMs }) => durationMs),
    0.5,
  );
}
