import { quantileSorted } from 'simple-statistics';

/**
 * A quantile of a sample by linear interpolation between order statistics: type 7 of Hyndman and Fan
 * (1996), the default of R and NumPy. It never lies outside the sample, so a high quantile of few
 * values is too low; callers that need a bound use order statistics.
 *
 * @param sorted ascending, at least one value
 */
export function quantileOf(sorted: readonly number[], q: number): number {
  return quantileSorted(sorted, q);
}
