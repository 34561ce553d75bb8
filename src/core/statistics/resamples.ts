import { quantileOf } from './quantile.ts';
import { randomIndex, type Random } from '../../contract/shared/random.ts';

/** Means of a sample drawn again and again with replacement, with the standard error of each. */
export interface Resamples {
  readonly means: Float64Array;
  readonly standardErrors: Float64Array;
}

/**
 * Draws whole rows, so that what belongs to one invocation stays together: the result has one entry
 * for each column, and entry i of every column is from the same draw.
 *
 * @param columns of equal length, at least two values each
 */
export function resample(
  columns: readonly (readonly number[])[],
  count: number,
  random: Random,
): Resamples[] {
  const n = columns[0]?.length ?? 0;
  const rows = columns.map((values) => Float64Array.from(values));
  const sums = new Float64Array(columns.length);
  const squares = new Float64Array(columns.length);
  // Squares of deviations from a fixed centre do not cancel as squares of large values would.
  const centers = rows.map((values) => values.reduce((sum, value) => sum + value, 0) / n);
  const results = columns.map(() => ({
    means: new Float64Array(count),
    standardErrors: new Float64Array(count),
  }));
  for (let draw = 0; draw < count; draw += 1) {
    sums.fill(0);
    squares.fill(0);
    for (let taken = 0; taken < n; taken += 1) {
      const row = randomIndex(random, n);
      for (let column = 0; column < rows.length; column += 1) {
        const deviation = at(rows, column, row) - (centers[column] as number);
        (sums[column] as number) += deviation;
        (squares[column] as number) += deviation * deviation;
      }
    }
    for (const [column, result] of results.entries()) {
      const shift = (sums[column] as number) / n;
      const variance = Math.max(0, ((squares[column] as number) - n * shift * shift) / (n - 1));
      result.means[draw] = (centers[column] as number) + shift;
      result.standardErrors[draw] = Math.sqrt(variance / n);
    }
  }
  return results;
}

function at(rows: readonly Float64Array[], column: number, row: number): number {
  return (rows[column] as Float64Array)[row] as number;
}

/**
 * A draw whose standard error is so small a part of the sample's own holds equal values, but for rounding:
 * sums of squares leave about 1e-16 of the largest square where 0 is meant. Dividing by it made intervals a
 * million times as wide as their mean.
 */
const AS_GOOD_AS_NONE = 1e-4;

/**
 * Returns the studentised bootstrap interval (bootstrap-t) of a mean: Efron (1982), second-order correct by
 * Hall (1988), and of the usual bootstrap intervals the one that covers best for means of skewed values
 * (Hesterberg 2015, "What Teachers Should Know About the Bootstrap").
 *
 * @returns `null` where too many draws have no spread (few distinct values) for the quantiles to exist
 */
export function bootstrapTInterval(
  estimate: { readonly mean: number; readonly standardError: number },
  resamples: Resamples,
  confidence: number,
): { readonly low: number; readonly high: number } | null {
  const { mean, standardError } = estimate;
  const studentised = resamples.means
    .map((draw, index) => {
      const distance = draw - mean;
      const ofDraw = resamples.standardErrors[index] as number;
      const none = AS_GOOD_AS_NONE * standardError;
      if (ofDraw > none) return distance / ofDraw;
      return Math.abs(distance) <= none ? 0 : Math.sign(distance) * Infinity;
    })
    .sort();
  const values = Array.from(studentised);
  const tail = (1 - confidence) / 2;
  const low = mean - quantileOf(values, 1 - tail) * standardError;
  const high = mean - quantileOf(values, tail) * standardError;
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : null;
}
