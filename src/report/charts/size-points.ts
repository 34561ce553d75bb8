import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { isShown } from '../../words/format/missing.ts';
import { isDrawable } from './scales.ts';
import { isCurrent, isRecommended } from '../../words/result/size-facts.ts';

interface Bounds {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A size with a duration and a cost to draw. */
export interface SizePoint {
  readonly size: SizeResult;
  readonly memoryMb: number;
  readonly durationMs: Bounds;
  readonly cost: Bounds;
  readonly recommended: boolean;
  readonly current: boolean;
}

type Measured = SizeResult['costUsdPerMillion'];

/** Tells what can be drawn on a logarithmic axis: an interval reaching 0 ends at a tenth of the mean. */
function bounds({ mean, low, high }: Measured): Bounds | null {
  if (!isDrawable(mean)) return null;
  return {
    mean,
    low: isShown(low) ? Math.min(Math.max(low, mean / 10), mean) : mean,
    high: isShown(high) ? Math.max(high, mean) : mean,
  };
}

/** The sizes that can be drawn, smallest first. */
export function sizePoints(result: Result): readonly SizePoint[] {
  return result.sizes
    .flatMap((size) => {
      const durationMs = bounds(size.durationMs);
      const cost = bounds(size.costUsdPerMillion);
      if (durationMs === null || cost === null) return [];
      return {
        size,
        memoryMb: size.memoryMb,
        durationMs,
        cost,
        recommended: isRecommended(result, size),
        current: isCurrent(result, size),
      };
    })
    .toSorted((a, b) => a.memoryMb - b.memoryMb);
}

/** Returns the cheapest and the fastest of some points. */
export function extremes(points: readonly SizePoint[]): {
  readonly cheapest: SizePoint;
  readonly fastest: SizePoint;
} | null {
  const [first] = points;
  if (first === undefined) return null;
  return {
    cheapest: points.reduce((best, point) => (point.cost.mean < best.cost.mean ? point : best)),
    fastest: points.reduce((best, point) =>
      point.durationMs.mean < best.durationMs.mean ? point : best,
    ),
  };
}
