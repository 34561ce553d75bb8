import { describe, expect, it } from 'vitest';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import {
  environmentEffects,
  type GroupedResiduals,
} from '../../../src/core/statistics/environment-effects.ts';

const NOISE = 0.03;

/** Six sizes with four environments each that differ by so much, and 15 values of every environment. */
function sizes(spread: number, seed: number, told = true): GroupedResiduals[] {
  const random = seededRandom(seed);
  return Array.from({ length: 6 }, () => ({
    environmentCount: 4,
    values: [0, 1, 2, 3].flatMap((environment) => {
      const effect = spread * standardNormal(random);
      return Array.from({ length: 15 }, (_, index) => ({
        value: effect + NOISE * standardNormal(random),
        atMs: index,
        environment: told ? environment : null,
      }));
    }),
  }));
}

function meanSpread(spread: number): number {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);
  const squares = seeds.map((seed) => environmentEffects(sizes(spread, seed), NOISE).spread ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / seeds.length);
}

describe('environmentEffects', () => {
  it('learns by how much environments differ where logs tell them apart', () => {
    // 18 degrees of freedom and 40 runs: known to 3 %; values further out than three spreads are drawn in.
    expect(meanSpread(0.05) / 0.05).toBeGreaterThan(0.8);
    expect(meanSpread(0.05) / 0.05).toBeLessThan(1.15);
  });

  it('asks next to nothing of a function whose environments are alike', () => {
    expect(meanSpread(0)).toBeLessThan(0.01);
  });

  it('presumes a spread where no log tells environments apart, and no more than values scatter', () => {
    const untold = environmentEffects(sizes(0.05, 1, false), NOISE);
    expect(untold.degrees).toBe(0);
    expect(untold.spread).toBeCloseTo(0.03, 9);
    expect(environmentEffects(sizes(0, 1, false), 0.004).spread).toBeCloseTo(0.004, 9);
    // Half of the four environments are taken to have served most.
    expect(untold.groups[0]?.variance).toBeCloseTo(0.03 ** 2 / 2, 9);
  });

  it('presumes 5 % for intervals where no log tells, and no more than seven tenths of the scatter', () => {
    const plainSpread = (scatter: number): number =>
      Math.sqrt(
        2 * (environmentEffects(sizes(0, 1, false), scatter).groups[0]?.plainVariance ?? 0),
      );
    expect(plainSpread(0.2)).toBeCloseTo(0.05, 9);
    expect(plainSpread(0.02)).toBeCloseTo(0.014, 9);
  });

  it('takes all of the differences between environments into intervals, however little invocations scatter', () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    // Each of four environments serves a quarter, so the variance of the plain mean is a quarter of theirs.
    const spreadIn = (of: 'plainVariance' | 'variance'): number =>
      Math.sqrt(
        seeds.reduce((sum, seed) => {
          const [first] = environmentEffects(sizes(0.15, seed), NOISE).groups;
          return sum + 4 * (first?.[of] ?? 0);
        }, 0) / seeds.length,
      );
    // 18 degrees of freedom and 40 runs: known to 3 %; a nineteenth of it is presumed.
    expect(spreadIn('plainVariance') / 0.15).toBeGreaterThan(0.88);
    expect(spreadIn('plainVariance') / 0.15).toBeLessThan(1.1);
    // What decisions go by is cut off where tails begin.
    expect(spreadIn('variance') / 0.15).toBeLessThan(0.6);
  });
});
