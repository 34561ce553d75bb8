import { describe, expect, it } from 'vitest';
import { chiSquareQuantile } from '../../../src/core/statistics/chi-square.ts';
import { seededRandom, standardNormal, type Random } from '../../../src/contract/shared/random.ts';
import { fewestForTail, fitTail } from '../../../src/core/timeout/tail-fit.ts';

describe('chiSquareQuantile', () => {
  it.each([
    // Tables, e.g. NIST/SEMATECH e-Handbook 1.3.6.7.4.
    { p: 0.05, degrees: 20, value: 10.851 },
    { p: 0.05, degrees: 100, value: 77.929 },
    { p: 0.95, degrees: 40, value: 55.758 },
  ])('$p at $degrees degrees', ({ p, degrees, value }) => {
    expect(Math.abs(chiSquareQuantile(p, degrees) / value - 1)).toBeLessThan(0.000_05);
  });
});

describe('fitTail', () => {
  const sample = (draw: (random: Random) => number, seed: number, n = 600): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: n }, () => draw(random)).toSorted((a, b) => a - b);
  };

  it.each([
    // Pareto with index 4: the 0.999 quantile is 1000^(1/4).
    { name: 'Pareto', draw: (r: Random) => (1 - r()) ** -0.25, truth: 1000 ** 0.25 },
    // Lognormal with σ 0.4: exp(0.4 × 3.0902).
    { name: 'lognormal', draw: (r: Random) => Math.exp(0.4 * standardNormal(r)), truth: 3.442 },
  ])('bounds the 99.9 % quantile as often as it says: $name', ({ draw, truth }) => {
    let above = 0;
    let twoHumps = 0;
    const runs = 300;
    for (let seed = 0; seed < runs; seed += 1) {
      const fit = fitTail(sample(draw, seed), 0.999, 0.95);
      if (fit.kind === 'no-fit') twoHumps += 1;
      else if (fit.high >= truth) above += 1;
    }
    // 95 % − 3 standard errors.
    expect(above / (runs - twoHumps)).toBeGreaterThan(0.95 - 0.038);
    expect(twoHumps / runs).toBeLessThan(0.06);
  });

  it('refuses two humps', () => {
    const humps = (r: Random): number => Math.exp(0.05 * standardNormal(r)) * (r() < 0.02 ? 8 : 1);
    expect(fitTail(sample(humps, 1), 0.999, 0.95).kind).toBe('no-fit');
  });

  it('takes as many values as show a hump of five times what may be cut off', () => {
    // 0.995^597 = 0.0502, 0.995^598 = 0.0499; 0.95^59 = 0.0485, 0.95^58 = 0.0510.
    expect(fewestForTail(0.999, 0.95)).toBe(598);
    expect(fewestForTail(0.99, 0.95)).toBe(59);
  });
});
