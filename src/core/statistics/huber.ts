import { quantileOf } from './quantile.ts';

/** Values further from the middle than so many spreads count as being so far. */
const REACH = 1.5;
const STEPS = 30;

/** Where a sample lies, little moved by outliers, and what the usual formulas for its variance take. */
export interface Location {
  readonly location: number;
  /** Σψ² and Σψ′ over the sample: a squared standard error is (Σψ² ÷ n) ÷ (Σψ′ ÷ n)² ÷ n. */
  readonly squares: number;
  readonly within: number;
}

/**
 * Huber's M-estimate of location (1964): as good as the mean where values are normal (95 %), and hardly
 * moved by a tail.
 *
 * @param sorted ascending, at least one value
 * @param spread of one value, robust; positive
 */
export function huberLocation(sorted: readonly number[], spread: number): Location {
  const reach = REACH * spread;
  let location = quantileOf(sorted, 0.5);
  for (let step = 0; step < STEPS; step += 1) {
    const { sum, within } = scores(sorted, location, reach);
    const next = location + sum / Math.max(1, within);
    if (Math.abs(next - location) < 1e-7 * spread) break;
    location = next;
  }
  const { squares, within } = scores(sorted, location, reach);
  return { location, squares, within };
}

function scores(
  values: readonly number[],
  location: number,
  reach: number,
): { readonly sum: number; readonly squares: number; readonly within: number } {
  let sum = 0;
  let squares = 0;
  let within = 0;
  for (const value of values) {
    const distance = value - location;
    const score = Math.max(-reach, Math.min(reach, distance));
    if (score === distance) within += 1;
    sum += score;
    squares += score * score;
  }
  return { sum, squares, within };
}
