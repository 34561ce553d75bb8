import { describe, expect, it } from 'vitest';
import { standardErrorOf } from '../../../src/core/statistics/mean-interval.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import { bootstrapTInterval, resample } from '../../../src/core/statistics/resamples.ts';

function meanOf(values: Iterable<number>): number {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

describe('resampled', () => {
  it('draws means that scatter as theory says', () => {
    // Of 1, 2, 3, 4: mean 2.5; a bootstrap mean of four varies by (population variance 1.25) / 4.
    const [draws] = resample([[1, 2, 3, 4]], 20_000, seededRandom(5));
    const means = draws?.means ?? [];
    const variance = meanOf([...means].map((mean) => (mean - 2.5) ** 2));
    // Four standard errors: 4·√(0.3125/20000) = 0.0158; of the variance about 4·0.3125·√(2/20000).
    expect(Math.abs(meanOf(means) - 2.5)).toBeLessThan(0.0158);
    expect(Math.abs(variance - 0.3125)).toBeLessThan(0.0125);
  });

  it('keeps rows together and repeats itself by seed', () => {
    const columns = [
      [1, 2, 3, 4, 10],
      [2, 4, 6, 8, 20],
    ];
    const [once, twice] = resample(columns, 50, seededRandom(1));
    expect([...(twice?.means ?? [])]).toEqual([...(once?.means ?? [])].map((mean) => 2 * mean));
    expect(resample(columns, 50, seededRandom(1))[0]).toEqual(once);
  });
});

describe('bootstrapTInterval', () => {
  function intervalOf(values: readonly number[], seed: number) {
    const [resamples] = resample([values], 999, seededRandom(seed));
    if (resamples === undefined) throw new Error('no column');
    return bootstrapTInterval(
      { mean: meanOf(values), standardError: standardErrorOf(values) ?? 0 },
      resamples,
      0.95,
    );
  }

  it('has no bounds where draws have no spread: 19 times 1, once 2', () => {
    expect(intervalOf([...new Array<number>(19).fill(1), 2], 1)).toBeNull();
  });

  it('covers the mean of log-normal values (CV 53 %) at n = 30', () => {
    // Log-normal with σ = 0.5: mean e^(0.125), coefficient of variation √(e^0.25 − 1) = 0.533.
    const random = seededRandom(21);
    const truth = Math.exp(0.125);
    let covered = 0;
    for (let run = 0; run < 400; run += 1) {
      const values = Array.from({ length: 30 }, () => Math.exp(0.5 * standardNormal(random)));
      const interval = intervalOf(values, run);
      if (interval !== null && interval.low <= truth && truth <= interval.high) covered += 1;
    }
    // Three standard errors of 400 draws are 0.033.
    expect(covered / 400).toBeGreaterThan(0.917);
    expect(covered / 400).toBeLessThan(0.983);
  });
});
