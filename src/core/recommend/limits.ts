import type { Limits } from '../../contract/tune/goal.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { millisecondsText, moneyText } from './figures.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** One limit and how a size does under it. */
export interface LimitCheck {
  /** The limit in words: "p95 of at most 800 ms". */
  readonly wanted: string;
  readonly current: string;
  /** Current value ÷ limit: at most 1 where it is met. */
  readonly ratio: number;
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Holds a size against every limit of the input, by point estimates: durations of warm invocations,
 * cost with cold starts at their share.
 *
 * @param durationsMs ascending, at least one
 */
export function checkLimits(
  limits: Limits | undefined,
  estimate: SizeEstimate,
  durationsMs: readonly number[],
  currency: string,
): readonly LimitCheck[] {
  const checks: LimitCheck[] = [];
  const duration = (name: string, limit: number | undefined, currentMs: number): void => {
    if (limit === undefined) return;
    checks.push({
      wanted: `${name} of at most ${millisecondsText(limit)}`,
      current: millisecondsText(currentMs),
      ratio: currentMs / limit,
    });
  };
  duration('mean duration', limits?.durationMs?.mean, estimate.durationMs.mean);
  for (const [name, q] of Object.entries(QUANTILES)) {
    const limit = limits?.durationMs?.[name as keyof typeof QUANTILES];
    duration(`${name} duration`, limit, quantileOf(durationsMs, q));
  }
  duration('longest duration', limits?.durationMs?.max, durationsMs.at(-1) ?? 0);
  const costLimit = limits?.costUsdPerMillion;
  if (costLimit !== undefined) {
    const perMillion = estimate.costUsd.mean * 1e6;
    checks.push({
      wanted: `cost of at most ${moneyText(costLimit, currency)} per million`,
      current: moneyText(perMillion, currency),
      ratio: perMillion / costLimit,
    });
  }
  return checks;
}
