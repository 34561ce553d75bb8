import type { Goal } from '../../src/contract/tune/goal.ts';
import type { Observation } from '../../src/contract/shared/observation.ts';
import { invocationCostUsd } from '../../src/core/cost/invocation-cost.ts';
import type { Prices } from '../../src/core/cost/prices.ts';
import { choose } from '../../src/core/recommend/choose.ts';

/**
 * What other tools do with the same number of invocations of every size: mean of the durations, the
 * lowest and highest fifth trimmed away where asked, cold ones among them. Sizes that fail are left out
 * (the peer would end the run). The cheapest is the cheapest, without a tolerance.
 *
 * @returns the chosen size, `null` where nothing succeeded
 */
export function baselineChoice(
  goal: Goal,
  observations: readonly Observation[],
  prices: Prices,
  trim: number,
): number | null {
  const bySize = new Map<number, number[]>();
  const failed = new Set<number>();
  for (const { memoryMb, durationMs, outcome } of observations) {
    if (outcome !== 'ok' || durationMs === null) failed.add(memoryMb);
    else bySize.set(memoryMb, [...(bySize.get(memoryMb) ?? []), durationMs]);
  }
  const points = [...bySize]
    .filter(([memoryMb]) => !failed.has(memoryMb))
    .map(([memoryMb, durations]) => {
      const durationMs = trimmedMean(durations, trim);
      const costUsd = invocationCostUsd(prices, {
        billedMs: Math.ceil(durationMs),
        memoryMb,
        ephemeralStorageMb: 512,
      });
      return { memoryMb, durationMs, costUsd };
    })
    .toSorted((a, b) => a.memoryMb - b.memoryMb);
  if (points.length === 0) return null;
  if (goal.kind === 'cheapest') {
    return points.reduce((best, point) => (point.costUsd < best.costUsd ? point : best)).memoryMb;
  }
  return points[choose(goal, points)]?.memoryMb ?? null;
}

function trimmedMean(values: readonly number[], trim: number): number {
  const cut = Math.floor(values.length * trim);
  const kept = values.toSorted((a, b) => a - b).slice(cut, values.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
