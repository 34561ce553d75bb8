import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  meanWithInterval,
  pooledNoise,
  sampleNoise,
} from '../../../src/core/statistics/bootstrap-interval.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';

/** t of 97.5 % at 9, 29 and 99 degrees of freedom (any table): those between are no larger than the first. */
const LARGEST_T = 2.2622;

/** Student's interval by the textbook, with the largest t that these sample sizes have. */
function widestStudent(values: readonly number[]): { low: number; high: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach = LARGEST_T * Math.sqrt(squares / (n - 1) / n);
  return { low: mean - reach, high: mean + reach };
}

/** The percentile bootstrap (Efron 1979), as wide as it gets: the least and the largest mean of 400 draws. */
function widePercentiles(values: readonly number[], seed: number): { low: number; high: number } {
  const random = seededRandom(seed + 77);
  const means = Array.from({ length: 400 }, () => {
    let sum = 0;
    for (let taken = 0; taken < values.length; taken += 1) {
      sum += values[Math.floor(random() * values.length)] ?? 0;
    }
    return sum / values.length;
  }).toSorted((a, b) => a - b);
  return { low: means[0] ?? 0, high: means.at(-1) ?? 0 };
}

/** Samples as billed milliseconds make them: few distinct values, ties, constants, at any scale. */
const sample: fc.Arbitrary<readonly number[]> = fc
  .record({
    distinct: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
    scale: fc.constantFrom(1e-12, 2.08e-7, 0.1, 1, 3.3, 1e9),
    picks: fc.array(fc.nat(), { minLength: 10, maxLength: 100 }),
    // Most values are the first one, as of a function that nearly always takes as long.
    skew: fc.constantFrom(1, 3, 20),
  })
  .map(({ distinct, scale, picks, skew }) =>
    picks.map((pick) => {
      const index = pick % (distinct.length * skew);
      return (distinct[index < distinct.length ? index : 0] ?? 1) * scale;
    }),
  );

function intervalOf(values: readonly number[], seed = 1) {
  const { mean, low, high } = meanWithInterval(values, null, seededRandom(seed));
  return { mean, low: low ?? NaN, high: high ?? NaN };
}

describe('the interval of a mean', () => {
  it('is never wider than the sample could make it', () => {
    fc.assert(
      fc.property(sample, fc.nat(1000), (values, seed) => {
        const { mean, low, high } = intervalOf(values, seed);
        const student = widestStudent(values);
        const rounding = 1e-9 * Math.abs(mean);
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values, student.low) - rounding);
        expect(high).toBeLessThanOrEqual(Math.max(...values, student.high) + rounding);
      }),
      { numRuns: 500 },
    );
  });

  it('meets the percentile bootstrap, which never leaves the sample', () => {
    fc.assert(
      fc.property(sample, fc.nat(1000), (values, seed) => {
        const { mean, low, high } = intervalOf(values, seed);
        const other = widePercentiles(values, seed);
        const rounding = 1e-9 * Math.abs(mean);
        expect(low - rounding).toBeLessThanOrEqual(other.high);
        expect(high + rounding).toBeGreaterThanOrEqual(other.low);
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the scale', () => {
    fc.assert(
      fc.property(sample, fc.nat(1000), (values, seed) => {
        const plain = intervalOf(values, seed);
        const doubled = intervalOf(
          values.map((value) => 1024 * value),
          seed,
        );
        const rounding = 1e-9 * Math.abs(doubled.mean);
        expect(Math.abs(doubled.low - 1024 * plain.low)).toBeLessThanOrEqual(rounding);
        expect(Math.abs(doubled.high - 1024 * plain.high)).toBeLessThanOrEqual(rounding);
      }),
      { numRuns: 100 },
    );
  });

  it('has no width on equal values, whatever their mean is rounded to', () => {
    for (const value of [0.1, 2.083_34e-7, 1 / 3, 1e9 + 0.1]) {
      const { low, high } = intervalOf(new Array<number>(30).fill(value));
      expect(high - low).toBeLessThanOrEqual(1e-12 * value);
    }
  });

  it('is narrow for billed milliseconds that are 1, but for a few that are 2', () => {
    for (let twos = 1; twos <= 6; twos += 1) {
      for (let seed = 1; seed <= 20; seed += 1) {
        const values = Array.from(
          { length: 30 },
          (_, i) => (i < twos ? 2 : 1) * 2.083_34e-9 + 2e-7,
        );
        const { mean, low, high } = intervalOf(values, seed);
        // The two values differ by 1 % of their mean, and so does no bound by more.
        expect(high - low).toBeLessThan(0.011 * mean);
      }
    }
  });
});

describe('pooled noise', () => {
  it('is the sum of squared relative deviations by the degrees of freedom, found sample by sample', () => {
    // Hand sum: [9, 11] deviates by 0.1 twice, [18, 20, 22] by 0.1, 0 and 0.1; a single value says nothing.
    const noises = [[9, 11], [18, 20, 22], [5]].map(sampleNoise);
    expect(pooledNoise(noises)?.relativeVariance).toBeCloseTo(0.04 / 3, 12);
    expect(pooledNoise(noises)?.degrees).toBe(3);
    expect(pooledNoise([sampleNoise([5])])).toBeNull();
  });
});
