import { quantileSorted } from 'simple-statistics';

/**
 * Returns a quantile of a sample by linear interpolation between order statistics: type 7 of Hyndman and Fan
 * (1996), the default of R and NumPy. It never lies outside the sample, so a high quantile of few values is
 * too low; callers that need a bound use order statistics.
 *
 * @param sorted ascending, at least one value
 */
export function quantileOf(sorted: ArrayLike<number>, q: number): number {
  // It reads places and the length alone, as typed arrays have them, too.
  return quantileSorted(sorted as number[], q);
}
