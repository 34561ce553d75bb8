import type { Interval } from '../../contract/tune/interval.ts';
import type { CurveResult } from '../../contract/tune/result.ts';
import { CONFIDENCE } from '../statistics/mean-interval.ts';
import { quantileOf } from '../statistics/quantile.ts';
import type { Beliefs } from './beliefs.ts';

/** Sizes between the smallest and the largest that are known, evenly in log scale, for drawing a curve. */
const POINTS = 16;

export function curveSizes(known: readonly number[]): readonly number[] {
  const smallest = Math.min(...known);
  const largest = Math.max(...known);
  if (!(largest > smallest)) return [];
  const sizes = Array.from({ length: POINTS }, (_, index) =>
    Math.round(smallest * (largest / smallest) ** (index / (POINTS - 1))),
  );
  return [...new Set(sizes)].filter((size) => !known.includes(size));
}

/** Tells what is believed of the mean duration and the cost over memory, with 95 % intervals. */
export function curveResult(beliefs: Beliefs): CurveResult {
  return {
    kneeMb: beliefs.curve.kneeMb,
    points: beliefs.sizes
      .map(({ memoryMb, durationMs, costUsd, draws }) => ({
        memoryMb,
        durationMs: intervalOf(durationMs, draws.durationMs, 1),
        costUsdPerMillion: intervalOf(costUsd, draws.costUsd, 1e6),
      }))
      .toSorted((a, b) => a.memoryMb - b.memoryMb),
  };
}

function intervalOf(estimate: number, draws: Float64Array, unit: number): Interval {
  // Typed arrays sort by number, and fast.
  const sorted = draws.toSorted();
  return {
    estimate: estimate * unit,
    low: Math.min(estimate, quantileOf(sorted, (1 - CONFIDENCE) / 2)) * unit,
    high: Math.max(estimate, quantileOf(sorted, (1 + CONFIDENCE) / 2)) * unit,
  };
}
