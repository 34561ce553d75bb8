import { describe, expect, it } from 'vitest';
import { standardNormal, seededRandom } from '../../../src/contract/shared/random.ts';
import { farValues } from '../../../src/core/statistics/far-values.ts';

describe('the reach of values far beyond the others', () => {
  it("is Garwood's upper limit of a Poisson count where every far value is equally far", () => {
    // 60 values, 2 of them at 10 times the others: each adds 9 ÷ 60. The upper 97.5 % limit of a count of 2
    // is 7.2247 in every table of Poisson limits (Garwood 1936), which leaves 5.2247 more than were seen.
    const residuals = [...new Array<number>(58).fill(0), Math.log(10), Math.log(10)];
    const { count, reach } = farValues(residuals);
    expect(count).toBe(2);
    expect(reach).toBeCloseTo((5.2247 * 9) / 60, 3);
  });

  it('is nothing where no value is far from the others', () => {
    const random = seededRandom(5);
    const normal = Array.from({ length: 200 }, () => 0.1 * standardNormal(random));
    expect(farValues(normal.toSorted((a, b) => a - b))).toEqual({ count: 0, reach: 0 });
  });

  it('holds the mean of functions with a hump of 3 % in at least 97 of 100 runs that saw it', () => {
    const random = seededRandom(9);
    const truth = 0.03 * 9;
    let [held, seen] = [0, 0];
    for (let run = 0; run < 400; run += 1) {
      const residuals = Array.from({ length: 60 }, () => (random() < 0.03 ? Math.log(10) : 0));
      const far = farValues(residuals.toSorted((a, b) => a - b));
      if (far.count === 0) continue;
      seen += 1;
      if ((far.count * 9) / 60 + far.reach >= truth) held += 1;
    }
    expect(seen).toBeGreaterThan(300);
    expect(held / seen).toBeGreaterThan(0.97);
  });
});
