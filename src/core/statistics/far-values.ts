import { chiSquareQuantile } from './chi-square.ts';
import { quantileOf } from './quantile.ts';

/** Tukey's outer fence: so many interquartile ranges beyond the upper quartile. */
const OUTER_FENCE = 3;
/** And at least this, as the logarithm of a multiple of where a size lies: clocks and periods make smaller ones. */
const LEAST_FAR = Math.log(1.25);
const UPPER = 0.975;

/** What values far beyond the others add to a mean, over all samples together. */
export interface FarValues {
  readonly count: number;
  /** By how much more than was seen they may raise a mean, as a part of where a size lies. */
  readonly reach: number;
}

/**
 * Tells how far a second hump or a tail may raise means beyond what was seen of it. Few far values were drawn
 * as by Poisson's law, each with a height of its own, and two of them say little of how many there are: the
 * upper limit is that of Fay and Feuer (1997) for a weighted sum of Poisson counts. Without a single far
 * value nothing tells how far one would be, and the reach is 0.
 *
 * @param residuals ascending: logarithms around where each size lies, of all sizes together
 */
export function farValues(residuals: ArrayLike<number>): FarValues {
  const n = residuals.length;
  if (n === 0) return { count: 0, reach: 0 };
  const [lower, upper] = [quantileOf(residuals, 0.25), quantileOf(residuals, 0.75)];
  const fence = Math.max(LEAST_FAR, upper + OUTER_FENCE * (upper - lower));
  let [count, sum, squares, most] = [0, 0, 0, 0];
  for (let index = n - 1; index >= 0 && (residuals[index] as number) > fence; index -= 1) {
    const height = Math.expm1(residuals[index] as number) / n;
    count += 1;
    sum += height;
    squares += height * height;
    most = Math.max(most, height);
  }
  if (count === 0) return { count, reach: 0 };
  const [mean, variance] = [sum + most, squares + most * most];
  const limit = (variance / (2 * mean)) * chiSquareQuantile(UPPER, (2 * mean * mean) / variance);
  return { count, reach: Math.max(0, limit - sum) };
}
