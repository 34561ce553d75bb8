import { strataOf } from '../payload/payload-weights.ts';
import { tailOf, type Tail } from '../statistics/heavy-tail.ts';
import type { MeanEstimate } from '../statistics/mean-interval.ts';
import { quantileOf } from '../statistics/quantile.ts';
import type { Measured } from './size-sample.ts';

/**
 * Returns the tail of the noise of all sizes together, each value as a multiple of the middle of its own size
 * and payload.
 *
 * @param sizes each shortest first
 */
export function sharedTail(sizes: readonly (readonly Measured[])[]): Tail | null {
  const multiples = sizes.flatMap((values) =>
    strataOf(values).flatMap((stratum) => {
      const middle = middleOf(stratum.values);
      // What takes no time has no shape.
      return middle > 0 ? stratum.values.map(({ durationMs }) => durationMs / middle) : [];
    }),
  );
  return tailOf(Float64Array.from(multiples).sort());
}

/** Tells how many times its plain mean the true one of a size may be, if its tail is that of all. */
export function farthestMean(
  tail: Tail | null,
  values: readonly Measured[],
  meanMs: number,
): number {
  if (tail === null || !(meanMs > 0)) return 0;
  // Each payload has a middle of its own.
  const middle = strataOf(values).reduce(
    (sum, stratum) => sum + stratum.share * middleOf(stratum.values),
    0,
  );
  return (middle * tail.mostMean) / meanMs;
}

/** An interval reaches as far upwards as the tail does: what comes once in a thousand is in few samples. */
export function asFarAsTail(interval: MeanEstimate, farthest: number): MeanEstimate {
  const { mean, high } = interval;
  return high === null ? interval : { ...interval, high: Math.max(high, mean * farthest) };
}

function middleOf(values: readonly Measured[]): number {
  return quantileOf(
    values.map(({ durationMs }) => durationMs),
    0.5,
  );
}
