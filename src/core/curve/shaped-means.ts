import { pooledGroups } from '../statistics/pooled-groups.ts';
import type { CurvePoint } from './fit-curve.ts';
import type { Group } from './locate-groups.ts';

/** The shape of the noise may differ between sizes by this part of what it does to the mean. */
const SHAPES_DIFFER = 0.1;

/** The mean duration of a size, or of one payload at a size. */
export interface ShapedMean extends CurvePoint {
  /**
   * Relative variance of what all sizes share: how far the shape of their noise may be off. It decides nothing
   * between sizes, and is not in `relativeVariance`; how long one takes is off by it.
   */
  readonly sharedVariance: number;
  /** By how much more, relative, values far beyond the others may raise the mean: upwards only. */
  readonly farReach: number;
}

/** From locations of logarithms to means: what the tail and the spread of the noise add. */
export function shapedMeans(groups: readonly Group[], farReach: number): readonly ShapedMean[] {
  const factors = groups.map(({ logs, location }) => {
    const values = logs.map(({ value }) => Math.exp(value - location));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, squares, count: values.length };
  });
  const degrees = factors.reduce((sum, { count }) => sum + count - 1, 0);
  const total = factors.reduce((sum, { count }) => sum + count, 0);
  const common = factors.reduce((sum, { mean, count }) => sum + mean * count, 0) / total;
  const variance =
    degrees > 0 ? factors.reduce((sum, { squares }) => sum + squares, 0) / degrees : 0;
  const pooled = pooledGroups(
    factors.map(({ mean, count }) => ({ mean, variance: Math.max(1e-10, variance / count) })),
    (SHAPES_DIFFER * Math.abs(common - 1)) ** 2 + 1e-12,
  );
  return groups.map(({ memoryMb, location, variance: ofLocation }, index) => {
    const shape = pooled.groups[index];
    const factor = shape?.mean ?? 1;
    const sharedVariance = Math.max(0, (shape?.variance ?? 0) - (shape?.ownVariance ?? 0));
    // As much of the shape as the size does not know by itself.
    const borrowed = Math.sqrt(sharedVariance / (pooled.common.variance || 1));
    return {
      memoryMb,
      durationMs: Math.exp(location) * factor,
      relativeVariance: ofLocation + (shape?.ownVariance ?? 0) / factor ** 2,
      sharedVariance: sharedVariance / factor ** 2,
      farReach: (Math.min(1, borrowed) * farReach) / factor,
    };
  });
}

/** Returns the mean of a size from those of its payloads. */
export function joinMeans(
  cells: readonly (ShapedMean & { readonly share: number })[],
): Omit<ShapedMean, 'memoryMb'> {
  const [first] = cells;
  if (first !== undefined && cells.length === 1) return first;
  const durationMs = cells.reduce((sum, cell) => sum + cell.share * cell.durationMs, 0);
  const variance = cells.reduce(
    (sum, cell) => sum + (cell.share * cell.durationMs) ** 2 * cell.relativeVariance,
    0,
  );
  // What is shared is off by as much for every payload.
  const shared = cells.reduce(
    (sum, cell) => sum + cell.share * cell.durationMs * Math.sqrt(cell.sharedVariance),
    0,
  );
  return {
    durationMs,
    relativeVariance: variance / durationMs ** 2,
    sharedVariance: (shared / durationMs) ** 2,
    farReach:
      cells.reduce((sum, cell) => sum + cell.share * cell.durationMs * cell.farReach, 0) /
      durationMs,
  };
}
