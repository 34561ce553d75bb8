import { describe, expect, it } from 'vitest';
import {
  sizeMeans,
  type SizeDurations,
  type SizeMeans,
} from '../../../src/core/curve/size-means.ts';
import { timeEffects } from '../../../src/core/curve/time-effects.ts';
import { timePeriods } from '../../../src/core/curve/time-periods.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';

const MEANS_MS: Readonly<Record<number, number>> = { 128: 400, 256: 200, 512: 100 };
const EACH = 8;

/** Rounds a minute apart; each holds its sizes in turn, and takes so many times as long as the first. */
function run(
  rounds: readonly {
    readonly sizes: readonly number[];
    readonly level: number;
    readonly each?: number;
  }[],
  seed = 1,
  spread = 0.01,
): SizeMeans {
  const random = seededRandom(seed);
  const values = new Map<number, SizeDurations['values'][number][]>();
  for (const [round, { sizes, level, each = EACH }] of rounds.entries()) {
    for (let index = 0; index < each * sizes.length; index += 1) {
      const memoryMb = sizes[index % sizes.length] ?? 0;
      const noise = Math.exp(spread * standardNormal(random));
      const durationMs = (MEANS_MS[memoryMb] ?? 0) * level * noise;
      const own = values.get(memoryMb) ?? [];
      values.set(memoryMb, own);
      own.push({ durationMs, atMs: round * 60_000 + index * 250 });
    }
  }
  return sizeMeans(
    [...values]
      .map(([memoryMb, own]) => ({ memoryMb, values: own }))
      .toSorted((a, b) => a.memoryMb - b.memoryMb),
  );
}

/** Variance of the ratio of two sizes, as far as their times make it. */
function varianceOfRatio({ timeCovariance }: SizeMeans, one: number, other: number): number {
  const cell = (row: number, column: number): number => timeCovariance?.[row]?.[column] ?? 0;
  return cell(one, one) + cell(other, other) - 2 * cell(one, other);
}

describe('the time of measuring', () => {
  it('a size that is measured in a slower round than another is put right by a size of both rounds', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const means = run(
        [
          { sizes: [128, 256], level: 1 },
          { sizes: [128, 512], level: 1.1 },
        ],
        seed,
      );
      const [, second, third] = means.points;
      // As measured: 200 ÷ 110 = 1.82.
      const ratio = (second?.durationMs ?? 0) / (third?.durationMs ?? 1);
      expect(ratio).toBeGreaterThan(1.95);
      expect(ratio).toBeLessThan(2.05);
    }
  });

  it('a round that is slower by many times the noise is put right, whatever part of a size it measured', () => {
    for (const [early, late] of [
      [3, 3],
      [12, 3],
      [3, 12],
    ]) {
      for (let seed = 0; seed < 10; seed += 1) {
        const rounds = [
          { sizes: [128, 256], level: 1, each: early ?? 0 },
          { sizes: [128, 512], level: 1.15, each: late ?? 0 },
        ];
        // The run as a whole lies between its rounds: sizes are held against each other.
        const errors = run(rounds, seed, 0.004).points.map(({ memoryMb, durationMs }) =>
          Math.log(durationMs / (MEANS_MS[memoryMb] ?? 1)),
        );
        expect(Math.max(...errors) - Math.min(...errors)).toBeLessThan(0.02);
      }
    }
  });

  it('sizes of rounds that no size links are compared with a doubt that more invocations do not take away', () => {
    const apart = run([
      { sizes: [128, 256], level: 1 },
      { sizes: [512], level: 1.1 },
    ]);
    expect(Math.sqrt(varianceOfRatio(apart, 1, 2))).toBeGreaterThan(0.02);
    expect(Math.sqrt(varianceOfRatio(apart, 0, 1))).toBeLessThan(0.005);
  });

  it('sizes that are measured interleaved are compared without a doubt about the times', () => {
    const together = run([
      { sizes: [128, 256, 512], level: 1 },
      { sizes: [128, 256, 512], level: 1.1 },
    ]);
    expect(Math.sqrt(varianceOfRatio(together, 1, 2))).toBeLessThan(0.005);
    expect(together.drift?.swing).toBeGreaterThan(0.08);
    expect(together.drift?.swing).toBeLessThan(0.12);
    // Half of all values lie ln(1.1) ÷ 2 above their middle, half as far below it.
    expect(together.drift?.spread).toBeCloseTo(Math.log(1.1) / 2, 2);
  });

  it('a round of a single value makes no swing, however far that value lies', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const rounds = [
        { sizes: [128, 256, 512], level: 1 },
        { sizes: [128, 256, 512], level: 1.1 },
        { sizes: [128], level: 1.6, each: 1 },
      ];
      const { drift } = run(rounds, seed);
      expect(drift?.swing).toBeGreaterThan(0.08);
      expect(drift?.swing).toBeLessThan(0.13);
    }
  });

  it('rounds that are alike show no drift, and a size that links them leaves little doubt', () => {
    const alike = run([
      { sizes: [128, 256], level: 1 },
      { sizes: [128, 512], level: 1 },
    ]);
    expect(alike.drift).toBeNull();
    expect(Math.sqrt(varianceOfRatio(alike, 1, 2))).toBeLessThan(0.01);
  });
});

describe('timePeriods', () => {
  const residual = (atMs: number) => {
    return { value: 0, atMs, durationMs: 100, group: 0, environment: null };
  };

  it('ends a period where nothing was under way for a while, as between rounds', () => {
    const times = [0, 100, 200, 300, 400, 5000, 5100, 5200];
    const periods = timePeriods(times.map(residual));
    expect(periods.map(({ residuals }) => residuals.map(({ atMs }) => atMs))).toEqual([
      [0, 100, 200, 300, 400],
      [5000, 5100, 5200],
    ]);
    expect(periods.map(({ isAfterPause }) => isAfterPause)).toEqual([false, true]);
  });

  it('never holds values of two rounds in one period, however few a round has', () => {
    const times = [0, 100, 200, 300, 400, 30_000, 30_100, 60_000, 60_100, 60_200, 60_300, 60_400];
    const periods = timePeriods(times.map(residual));
    expect(periods.map(({ residuals }) => residuals.length)).toEqual([5, 2, 5]);
  });

  it('takes a caller that waits between all invocations for no round at all', () => {
    const waits = Array.from({ length: 100 }, (_, index) => residual(index * 5000));
    expect(timePeriods(waits).length).toBeLessThanOrEqual(25);
  });

  it('keeps together what was sent at the same moment, and a run of thousands in two dozen periods', () => {
    expect(timePeriods(Array.from({ length: 100 }, () => residual(7)))).toHaveLength(1);
    const many = Array.from({ length: 8000 }, (_, index) => residual(index * 50));
    expect(timePeriods(many).length).toBeLessThanOrEqual(25);
  });
});

describe('a mean of several groups', () => {
  it('has the effects of its groups, joined by their shares', () => {
    const random = seededRandom(11);
    const residuals = Array.from({ length: 200 }, (_, index) => ({
      value: (index < 100 ? 0 : 0.05) + 0.02 * standardNormal(random),
      atMs: index * 50 + (index < 100 ? 0 : 60_000),
      durationMs: 40,
      // The last two groups are of the second round alone.
      group: index < 100 ? index % 2 : index % 4,
      environment: null,
    }));
    const each = [0, 1, 2, 3].map((group) => [{ group, share: 1 }]);
    const apart = timeEffects(residuals, 4, each, 0.02);
    const shares = [
      [0.25, 0, 0.75, 0],
      [0, 0.5, 0, 0.5],
    ];
    const parts = shares.map((row) => row.map((share, group) => ({ group, share })));
    const joined = timeEffects(residuals, 4, parts, 0.02);
    // A linear map of what is apart: A·s, and A·C·Aᵀ.
    for (const [i, row] of shares.entries()) {
      const shift = row.reduce((sum, share, g) => sum + share * (apart?.shifts[g] ?? 0), 0);
      expect(joined?.shifts[i]).toBeCloseTo(shift, 12);
      for (const [j, other] of shares.entries()) {
        const covariance = row.reduce(
          (sum, a, g) =>
            sum + other.reduce((part, b, h) => part + a * b * (apart?.covariance[g]?.[h] ?? 0), 0),
          0,
        );
        expect(joined?.covariance[i]?.[j]).toBeCloseTo(covariance, 12);
      }
    }
    expect(Math.abs(joined?.shifts[0] ?? 0)).toBeGreaterThan(0.001);
  });
});
