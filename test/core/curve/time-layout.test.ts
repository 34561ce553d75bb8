import { describe, expect, it } from 'vitest';
import {
  boundedResiduals,
  type PlacedResidual,
} from '../../../src/core/curve/bounded-residuals.ts';
import { layOut, tabulate } from '../../../src/core/curve/time-layout.ts';
import { timeEffects } from '../../../src/core/curve/time-effects.ts';
import { timePeriods, type Residual } from '../../../src/core/curve/time-periods.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';

type Dense = readonly (readonly number[])[];

/** The textbook: Gauss and Jordan on [A | I]. */
function inverse(a: Dense): Dense {
  const n = a.length;
  const rows = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k += 1) {
    const pivot = rows[k] as number[];
    const scale = pivot[k] as number;
    for (let j = 0; j < 2 * n; j += 1) pivot[j] = (pivot[j] as number) / scale;
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const times = row[k] as number;
      for (let j = 0; j < 2 * n; j += 1) {
        row[j] = (row[j] as number) - times * (pivot[j] as number);
      }
    }
  }
  return rows.map((row) => row.slice(n));
}

function times(a: Dense, b: Dense): Dense {
  const columns = b[0]?.map((_, j) => b.map((row) => row[j] as number)) ?? [];
  return a.map((row) =>
    columns.map((column) => row.reduce((sum, each, k) => sum + each * (column[k] as number), 0)),
  );
}

function transpose(a: Dense): Dense {
  return (a[0] ?? []).map((_, j) => a.map((row) => row[j] as number));
}

describe('layOut', () => {
  it('gives the equations that generalised least squares gives with whole matrices', () => {
    const random = seededRandom(5);
    const residuals = Array.from({ length: 40 }, (_, index): PlacedResidual => {
      const group = index % 3;
      // Each group has environments of its own, some of which serve several periods.
      const environment = group * 10 + Math.floor(random() * 4);
      return { value: standardNormal(random), group, period: Math.floor(index / 10), environment };
    });
    const alike = 0.6;
    const covariance = residuals.map((one, i) =>
      residuals.map((other, j) =>
        i === j ? 1 : one.environment === other.environment ? alike : 0,
      ),
    );
    const ofGroups = residuals.map(({ group }) => [0, 1, 2].map((g) => (g === group ? 1 : 0)));
    const ofPeriods = residuals.map(({ period }) => [1, 2, 3].map((p) => (p === period ? 1 : 0)));
    const y = residuals.map(({ value }) => [value]);
    const weight = inverse(covariance);
    const weighed = times(weight, ofGroups);
    const explained = times(
      times(weighed, inverse(times(transpose(ofGroups), weighed))),
      transpose(weighed),
    );
    const left = weight.map((row, i) => row.map((each, j) => each - (explained[i]?.[j] ?? 0)));
    const information = times(transpose(ofPeriods), times(left, ofPeriods));
    const sums = times(transpose(ofPeriods), times(left, y));

    const layout = layOut(tabulate(residuals, 3, 4), alike, 1);
    for (const [p, row] of information.entries()) {
      expect(layout.sums[p]).toBeCloseTo(sums[p]?.[0] ?? NaN, 9);
      for (const [q, each] of row.entries()) {
        expect(layout.information[p]?.[q]).toBeCloseTo(each, 9);
      }
    }
  });
});

/** Two rounds of two sizes; the second is slower by so much, or new environments serve the first size then. */
function twoRounds(environmentsStay: boolean, slower: number, seed: number): Residual[] {
  const random = seededRandom(seed);
  const factor = new Map<number, number>();
  return Array.from({ length: 96 }, (_, index): Residual => {
    const round = index < 48 ? 0 : 1;
    // A third size comes with the second round.
    const group = index % 2 === 0 ? 0 : 1 + round;
    const set = environmentsStay || group > 0 ? 0 : round;
    const environment = group * 100 + set * 10 + (Math.floor(index / 2) % 4);
    const own = factor.get(environment) ?? 0.05 * standardNormal(random);
    factor.set(environment, own);
    const value = own + slower * round + 0.005 * standardNormal(random);
    return { value, atMs: index * 50 + round * 60_000, durationMs: 40, group, environment };
  });
}

function doubtOf(environmentsStay: boolean, seed: number): number {
  const residuals = twoRounds(environmentsStay, 0, seed);
  const means = [0, 1, 2].map((group) => [{ group, share: 1 }]);
  const cell = timeEffects(residuals, 3, means, 0.05)?.covariance;
  const [one, two, both] = [cell?.[1]?.[1] ?? 0, cell?.[2]?.[2] ?? 0, cell?.[1]?.[2] ?? 0];
  return Math.sqrt(one + two - 2 * both);
}

describe('environments in the time of measuring', () => {
  it('leave more doubt about a round whose values come from other environments', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const mean = (stay: boolean): number =>
      seeds.reduce((sum, seed) => sum + doubtOf(stay, seed), 0) / seeds.length;
    // The same four environments tell a step to 0.005 ÷ √12; other ones to about 0.05 ÷ √2.
    expect(mean(true)).toBeLessThan(0.006);
    expect(mean(false)).toBeGreaterThan(0.012);
  });
});

describe('boundedResiduals', () => {
  it('draws in a tail, and leaves a period where it is in which everything takes longer', () => {
    const random = seededRandom(3);
    const residuals = Array.from({ length: 60 }, (_, index): Residual => {
      const tail = index === 7 || index === 48 ? 1.5 : 0;
      const slower = index < 30 ? 0 : 0.2;
      const value = slower + tail + 0.01 * standardNormal(random);
      const atMs = index * 50 + (index < 30 ? 0 : 60_000);
      return { value, atMs, durationMs: 40, group: index % 3, environment: null };
    });
    const bounded = boundedResiduals(timePeriods(residuals), 3, 0.1);
    expect(bounded.spread).toBeLessThan(0.015);
    for (const [index, { value }] of bounded.residuals.entries()) {
      expect(Math.abs(value - (index < 30 ? 0 : 0.2))).toBeLessThan(0.05);
    }
  });

  it('takes the spread of values from sizes and payloads that have several of them', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const random = seededRandom(seed, 'payloads');
      // Seven sizes of twelve payloads, once each; later two of the sizes again.
      const residuals = Array.from({ length: 84 + 48 }, (_, index): Residual => {
        const round = index < 84 ? 0 : 1;
        const group = round === 0 ? index : (index - 84) % 24;
        const atMs = index * 50 + round * 60_000;
        const value = 0.15 * standardNormal(random);
        return { value, atMs, durationMs: 40, group, environment: null };
      });
      const { spread } = boundedResiduals(timePeriods(residuals), 84, 0.2);
      // 72 values of 24 groups: known to about a fifth.
      expect(spread).toBeGreaterThan(0.08);
    }
  });
});
