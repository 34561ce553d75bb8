import { describe, expect, it } from 'vitest';
import { cholesky, solveLower } from '../../../src/core/curve/cholesky.ts';
import { fitCurve, type CurvePoint } from '../../../src/core/curve/fit-curve.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';

const SIZES = [128, 256, 512, 1024, 1769, 3008];

function points(law: (memoryMb: number) => number, relativeError: number): CurvePoint[] {
  return SIZES.map((memoryMb) => ({
    memoryMb,
    durationMs: law(memoryMb),
    relativeVariance: relativeError ** 2,
  }));
}

function at(curve: ReturnType<typeof fitCurve>, memoryMb: number) {
  const { durationsMs, relativeErrors } = curve.at([memoryMb]);
  return { ms: durationsMs[0] ?? Number.NaN, error: relativeErrors[0] ?? Number.NaN };
}

describe('cholesky', () => {
  it('takes the square root of a matrix', () => {
    // [[2,0],[1,3]] times its transpose is [[4,2],[2,10]].
    const lower = cholesky([Float64Array.of(4, 2), Float64Array.of(2, 10)]);
    expect(lower?.map((row) => [...row])).toEqual([
      [2, 0],
      [1, 3],
    ]);
    expect([...solveLower(lower ?? [], [2, 7])]).toEqual([1, 2]);
    expect(cholesky([Float64Array.of(1, 2), Float64Array.of(2, 1)])).toBeNull();
  });
});

describe('a size that is measured well', () => {
  it.each([
    { name: 'one CPU', law: (m: number) => 20 + (100 * 1769) / Math.min(m, 1769) },
    { name: 'several', law: (m: number) => (100 * 1769) / m },
    { name: 'waits', law: () => 100 },
    { name: 'thrashes', law: (m: number) => 50 + (40 * 1769) / m + (m < 200 ? 3000 : 0) },
    { name: 'slower', law: (m: number) => 100 + m / 30 },
    { name: 'jumps', law: (m: number) => (m === 512 ? 180 : 100) },
  ])('is believed as it is: $name', ({ law }) => {
    const curve = fitCurve(points(law, 0.003));
    for (const memoryMb of SIZES) {
      expect(Math.abs(at(curve, memoryMb).ms / law(memoryMb) - 1)).toBeLessThan(0.005);
      expect(at(curve, memoryMb).error).toBeLessThan(0.004);
    }
  });
});

describe('a size that was not measured', () => {
  it('is read off the law, and known less well', () => {
    const law = (m: number): number => 20 + (100 * 1769) / Math.min(m, 1769);
    const curve = fitCurve(points(law, 0.01));
    expect(curve.kneeMb).toBe(1769);
    expect(Math.abs(at(curve, 768).ms / law(768) - 1)).toBeLessThan(0.03);
    expect(at(curve, 768).error).toBeGreaterThan(at(curve, 1024).error);
    // Nothing was measured out there.
    expect(at(curve, 10_240).error).toBeGreaterThan(at(curve, 768).error);
  });

  it('may gain beyond 3008 MB where the function still did up to there', () => {
    const still = fitCurve(points((m) => (100 * 1769) / m, 0.01));
    expect(at(still, 5307).ms).toBeLessThan(0.8 * at(still, 3008).ms);
  });
});

describe('a size that is measured badly', () => {
  it('borrows from the others, not the other way round', () => {
    const law = (m: number): number => (100 * 1769) / Math.min(m, 1769);
    const good = points(law, 0.01);
    const off = good.map((point) =>
      point.memoryMb === 512
        ? { ...point, durationMs: point.durationMs * 1.3, relativeVariance: 0.04 }
        : point,
    );
    const curve = fitCurve(off);
    expect(Math.abs(at(curve, 512).ms / law(512) - 1)).toBeLessThan(0.1);
    expect(at(curve, 512).error).toBeLessThan(0.15);
    expect(Math.abs(at(curve, 1024).ms / law(1024) - 1)).toBeLessThan(0.02);
  });
});

describe('draws', () => {
  it('have the mean and spread that the belief states, and are the same for the same seed', () => {
    const curve = fitCurve(points((m) => (100 * 1769) / Math.min(m, 1769), 0.05));
    const belief = curve.at(SIZES);
    const random = seededRandom(3);
    const draws = Array.from({ length: 4000 }, () => belief.draw(random)[2] ?? 0);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, v) => sum + (v - mean) ** 2, 0) / draws.length);
    expect(mean / (belief.durationsMs[2] ?? 0)).toBeCloseTo(1, 2);
    expect(spread / mean / (belief.relativeErrors[2] ?? 0)).toBeGreaterThan(0.9);
    expect(spread / mean / (belief.relativeErrors[2] ?? 0)).toBeLessThan(1.1);
    expect(belief.draw(seededRandom(4))).toEqual(belief.draw(seededRandom(4)));
  });
});
