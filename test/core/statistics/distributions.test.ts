import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from '../../../src/core/statistics/beta-distribution.ts';
import { studentTQuantile } from '../../../src/core/statistics/student-t.ts';

describe('betaCdf', () => {
  it.each([
    // Closed forms: arcsine law at its middle; I_x(1, b) = 1 − (1 − x)^b; I_x(a, 1) = x^a;
    // I_0.2(2, 3) = Σ_{j≥2} C(4, j) 0.2^j 0.8^(4−j) = 0.1536 + 0.0256 + 0.0016.
    { x: 0.5, a: 0.5, b: 0.5, p: 0.5 },
    { x: 0.01, a: 1, b: 1000, p: 1 - 0.99 ** 1000 },
    { x: 0.7, a: 3, b: 1, p: 0.343 },
    { x: 0.2, a: 2, b: 3, p: 0.1808 },
    // SciPy 1: special.betainc.
    { x: 0.9, a: 50, b: 3, p: 0.09663328513725222 },
    { x: 0.999, a: 2990, b: 5, p: 0.8163548499111134 },
    { x: 0.3, a: 4.5, b: 0.5, p: 0.001322950584267495 },
    { x: 0, a: 2, b: 3, p: 0 },
    { x: 1, a: 2, b: 3, p: 1 },
  ])('I_$x($a, $b)', ({ x, a, b, p }) => {
    expect(betaCdf(x, a, b)).toBeCloseTo(p, 10);
  });

  it('is inverted by betaQuantile', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [2, 7],
      [2990, 5],
      [0.5, 400],
    ] as const) {
      for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      }
    }
  });
});

describe('studentTQuantile', () => {
  // The printed tables of Student's t, with more digits by SciPy's stats.t.ppf.
  it.each([
    { p: 0.975, degrees: 1, t: 12.706204736174694 },
    { p: 0.975, degrees: 2, t: 4.302652729749462 },
    { p: 0.975, degrees: 9, t: 2.262157162798205 },
    { p: 0.975, degrees: 29, t: 2.045229642132703 },
    { p: 0.975, degrees: 999, t: 1.9623414611334493 },
    { p: 0.95, degrees: 3, t: 2.3533634348018233 },
    { p: 0.995, degrees: 1, t: 63.656741162871526 },
    { p: 0.6, degrees: 29, t: 0.25568363457125604 },
    { p: 0.025, degrees: 9, t: -2.262157162798205 },
    { p: 0.5, degrees: 5, t: 0 },
  ])('t at $p with $degrees degrees of freedom', ({ p, degrees, t }) => {
    expect(studentTQuantile(p, degrees)).toBeCloseTo(t, 9);
  });
});
