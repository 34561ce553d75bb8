import type { Limits } from '../../contract/tune/goal.ts';
import { weightedQuantile, type Weighted } from '../statistics/weighted.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** What a limit is on: a statistic of the duration in milliseconds, or the cost of a million invocations. */
export type LimitedFigure = 'mean' | 'p50' | 'p95' | 'p99' | 'max' | 'cost';

/** One limit and how a size does under it. */
export interface LimitCheck {
  readonly figure: LimitedFigure;
  /** In milliseconds; for `cost` in the region's currency per million invocations, as is `current`. */
  readonly limit: number;
  readonly current: number;
  /** Current value ÷ limit: at most 1 where it is met. */
  readonly ratio: number;
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Holds a size against every limit of the input, by point estimates: durations of warm invocations,
 * cost with cold starts at their share.
 *
 * @param durations in milliseconds, ascending, at least one
 */
export function checkLimits(
  limits: Limits | undefined,
  estimate: SizeEstimate,
  durations: readonly Weighted[],
): readonly LimitCheck[] {
  const checks: LimitCheck[] = [];
  const check = (figure: LimitedFigure, limit: number | undefined, current: number): void => {
    if (limit !== undefined) checks.push({ figure, limit, current, ratio: current / limit });
  };
  check('mean', limits?.durationMs?.mean, estimate.durationMs.mean);
  for (const name of ['p50', 'p95', 'p99'] as const) {
    check(name, limits?.durationMs?.[name], weightedQuantile(durations, QUANTILES[name]));
  }
  check('max', limits?.durationMs?.max, durations.at(-1)?.value ?? 0);
  check('cost', limits?.costUsdPerMillion, estimate.costUsd.mean * 1e6);
  return checks;
}
