import { gammaCdf } from './gamma-distribution.ts';

/**
 * Returns the value below which a χ² variable stays with probability p: the gamma distribution, by bisection.
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  const shape = degreesOfFreedom / 2;
  let low = 0;
  let high = degreesOfFreedom + 10;
  while (gammaCdf(high / 2, shape) < p) high *= 2;
  for (let step = 0; step < 80 && high - low > Number.EPSILON * high; step += 1) {
    const middle = (low + high) / 2;
    if (gammaCdf(middle / 2, shape) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
