import { describe, expect, it } from 'vitest';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import { isHeavy, tailOf } from '../../../src/core/statistics/heavy-tail.ts';

type Draw = (random: () => number) => number;

/** By inversion of the distribution function, with a mean of 1. */
const pareto: Draw = (random) => (1 - random()) ** (-1 / 1.5) / 3;
const lognormal =
  (sigma: number): Draw =>
  (random) =>
    Math.exp(sigma * standardNormal(random));
const hump: Draw = (random) => (random() < 0.1 ? 6 : 1) * lognormal(0.1)(random);

function runs(draw: Draw, count: number): ReturnType<typeof tailOf>[] {
  return Array.from({ length: 100 }, (_, seed) => {
    const random = seededRandom(seed, 'tails');
    return tailOf(Float64Array.from({ length: count }, () => draw(random)).sort());
  });
}

function shareOf(
  draw: Draw,
  is: (tail: NonNullable<ReturnType<typeof tailOf>>) => boolean,
): number {
  return runs(draw, 1200).filter((tail) => tail !== null && is(tail)).length / 100;
}

describe('the tail of all sizes together', () => {
  it("is Hill's for values that lie where a Pareto distribution has its quantiles", () => {
    const quantiles = Float64Array.from({ length: 10_000 }, (_, index) => {
      return (1 - (index + 0.5) / 10_000) ** (-1 / 2);
    });
    const tail = tailOf(quantiles);
    // The index is 2, its reciprocal 0.5, and the mean 2; the slowest hundredth makes √0.01 of the sum.
    expect(tail?.gamma).toBeCloseTo(0.5, 2);
    expect(tail?.ofSlowest).toBeCloseTo(0.1, 1);
    expect(tail?.mostMean).toBeGreaterThan(2);
    expect(tail?.mostMean).toBeLessThan(2.4);
  });

  it('is called heavy in most runs of a Pareto distribution without a variance', () => {
    expect(shareOf(pareto, isHeavy)).toBeGreaterThan(0.75);
  });

  it('is not called heavy for lognormal noise or for a second hump of one in ten', () => {
    expect(shareOf(lognormal(0.3), isHeavy)).toBe(0);
    expect(shareOf(hump, isHeavy)).toBe(0);
  });

  it('bounds the mean of a distribution without a variance in at least nine of ten runs', () => {
    expect(shareOf(pareto, ({ mostMean }) => mostMean >= 1)).toBeGreaterThanOrEqual(0.9);
  });

  it('raises the mean of noise without a tail by less than one part in a hundred', () => {
    // The mean of a lognormal variable is e^(σ² ÷ 2).
    const most = shareOf(
      lognormal(0.05),
      ({ mostMean }) => mostMean < 1.01 * Math.exp(0.05 ** 2 / 2),
    );
    expect(most).toBe(1);
  });

  it('is not told from too few values', () => {
    expect(runs(pareto, 60).every((tail) => tail === null)).toBe(true);
  });
});
