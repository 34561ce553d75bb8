import { describe, expect, it } from 'vitest';
import { tInterval } from '../../../src/core/statistics/mean-interval.ts';
import { quantileOf } from '../../../src/core/statistics/quantile.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';

describe('tInterval', () => {
  it('is the textbook interval', () => {
    // Gosset's sleep data (1908), second drug: mean 2.33, sd 2.0022, n 10;
    // 2.33 ± 2.262157 · 2.002249/√10 = 2.33 ± 1.43234.
    const hours = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const interval = tInterval(hours);
    expect(interval.mean).toBeCloseTo(2.33, 12);
    expect(interval.low).toBeCloseTo(0.89766, 4);
    expect(interval.high).toBeCloseTo(3.76234, 4);
  });

  it('has no bounds on one value and no width on equal ones', () => {
    expect(tInterval([7])).toEqual({ mean: 7, low: null, high: null });
    expect(tInterval([7, 7, 7])).toEqual({ mean: 7, low: 7, high: 7 });
  });

  it('covers the mean of normal values 95 % of the time, however few', () => {
    const random = seededRandom(11);
    for (const n of [2, 5, 20]) {
      let covered = 0;
      for (let run = 0; run < 2000; run += 1) {
        const interval = tInterval(Array.from({ length: n }, () => standardNormal(random)));
        if ((interval.low ?? 1) <= 0 && (interval.high ?? -1) >= 0) covered += 1;
      }
      // Four standard errors of 2,000 draws: 4·√(0.95·0.05/2000) = 0.0195.
      expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.0195);
    }
  });
});

describe('quantileOf', () => {
  it.each([
    // R: quantile(c(1, 2, 4, 8, 16), p), type 7: position 1 + 4p.
    { q: 0, value: 1 },
    { q: 0.5, value: 4 },
    { q: 0.95, value: 8 + 0.8 * 8 },
    { q: 1, value: 16 },
  ])('$q', ({ q, value }) => {
    expect(quantileOf([1, 2, 4, 8, 16], q)).toBeCloseTo(value, 12);
  });
});
