import { betaQuantile } from './beta-distribution.ts';

/**
 * Returns the t below which Student's distribution stays with probability p. From the beta distribution
 * (Abramowitz and Stegun 26.7.1): P(|T| > t) = I_x(ν/2, 1/2) with x = ν ÷ (ν + t²).
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (p < 0.5) return -studentTQuantile(1 - p, degreesOfFreedom);
  if (p === 0.5) return 0;
  // The mirror image, I_{1−x}(1/2, ν/2), keeps its digits where x is close to 1.
  const rest = betaQuantile(2 * p - 1, 0.5, degreesOfFreedom / 2);
  return Math.sqrt((degreesOfFreedom * rest) / (1 - rest));
}
