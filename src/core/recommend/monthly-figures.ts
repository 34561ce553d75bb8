import type { Interval } from '../../contract/tune/interval.ts';
import type { MonthlyFigures } from '../../contract/tune/result.ts';
import { CONFIDENCE } from '../statistics/mean-interval.ts';
import { quantileOf } from '../statistics/quantile.ts';
import type { SizeEstimate } from './size-estimate.ts';

/**
 * Returns a month at the traffic that the input names, at list prices of the first tier: the free tier,
 * volume tiers and savings plans are left out.
 *
 * @param coldUsd what one cold invocation costs at the chosen size, `null` where none was seen
 * @param coldShare that is in the costs
 */
export function monthlyFigures(
  invocations: number | undefined,
  chosen: SizeEstimate,
  present: SizeEstimate | null,
  coldUsd: number | null,
  coldShare: number,
): MonthlyFigures | null {
  if (invocations === undefined) return null;
  return {
    invocations,
    usd: chosen.belief.costUsd * invocations,
    presentUsd: present === null ? null : present.belief.costUsd * invocations,
    savedUsd: present === null ? null : savedUsd(invocations, chosen, present),
    coldStartsUsd: coldUsd === null ? null : coldUsd * coldShare * invocations,
  };
}

function savedUsd(invocations: number, chosen: SizeEstimate, present: SizeEstimate): Interval {
  const estimate = (present.belief.costUsd - chosen.belief.costUsd) * invocations;
  const draws = Array.from(present.belief.draws.costUsd, (usd, draw) => {
    return (usd - (chosen.belief.draws.costUsd[draw] ?? 0)) * invocations;
  }).toSorted((a, b) => a - b);
  return {
    estimate,
    low: Math.min(estimate, quantileOf(draws, (1 - CONFIDENCE) / 2)),
    high: Math.max(estimate, quantileOf(draws, (1 + CONFIDENCE) / 2)),
  };
}
