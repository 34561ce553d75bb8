import { studentTQuantile } from './student-t.ts';

/**
 * The value below which a χ² variable stays with probability p, by Wilson and Hilferty's cube root (1931):
 * right to 0.5 % from ten degrees of freedom on.
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  // Student's distribution with this many degrees is the normal one to six digits.
  const z = studentTQuantile(p, 1e6);
  const part = 2 / (9 * degreesOfFreedom);
  return degreesOfFreedom * (1 - part + z * Math.sqrt(part)) ** 3;
}
