import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  randomIndex,
  seededRandom,
  shuffle,
  standardNormal,
  weightedIndex,
} from '../../../src/contract/shared/random.ts';

function draws(count: number, random: () => number): number[] {
  return Array.from({ length: count }, random);
}

describe('seededRandom', () => {
  it('gives the same sequence for the same seed and stream, and another for another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 1000 }), (seed, stream) => {
        expect(draws(5, seededRandom(seed, stream))).toEqual(draws(5, seededRandom(seed, stream)));
        expect(draws(5, seededRandom(seed, stream))).not.toEqual(
          draws(5, seededRandom(seed, stream + 1)),
        );
        expect(draws(5, seededRandom(seed))).not.toEqual(draws(5, seededRandom(seed + 1)));
      }),
    );
  });

  it('never changes its sequence: runs that people repeat by seed depend on it', () => {
    expect(draws(3, seededRandom(1))).toMatchInlineSnapshot(`
      [
        0.5636717735324055,
        0.5851113414391875,
        0.8959073920268565,
      ]
    `);
  });

  it('is even over [0, 1): 100 cells of 100,000 draws pass a chi-square test', () => {
    // 99 degrees of freedom: the 99.99 % point is about 160 (Wilson and Hilferty's approximation:
    // 99·(1 − 2/891 + 3.719·√(2/891))³ = 160.2).
    for (const seed of [0, 1, 2, 0xffff_ffff]) {
      const random = seededRandom(seed);
      const cells = new Array<number>(100).fill(0);
      for (const draw of draws(100_000, random)) {
        const cell = Math.floor(draw * 100);
        cells[cell] = (cells[cell] ?? Number.NaN) + 1;
      }
      // A draw below 0 or from 1 up would have made a 101st cell.
      expect(Object.keys(cells)).toHaveLength(100);
      const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare).toBeLessThan(160);
    }
  });
});

describe('randomIndex', () => {
  it('stays below its bound', () => {
    expect(randomIndex(() => 0, 7)).toBe(0);
    expect(randomIndex(() => 1 - 2 ** -32, 7)).toBe(6);
  });
});

describe('shuffled', () => {
  it('keeps every item and the original', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const result = shuffle(items, seededRandom(seed));
        expect(items).toEqual(before);
        expect(result.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });

  it('makes all 24 orders of four items equally often', () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 24_000; draw += 1) {
      const order = shuffle(['a', 'b', 'c', 'd'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 23 degrees of freedom: the 99.99 % point is about 57 (23·(1 − 2/207 + 3.719·√(2/207))³).
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(57);
  });
});

describe('weightedIndex', () => {
  it.each([
    { at: 0, index: 0 },
    { at: 0.24, index: 0 },
    { at: 0.26, index: 2 },
    { at: 0.999, index: 2 },
  ])('draws by weight: 1, 0, 3 at $at gives $index', ({ at, index }) => {
    expect(weightedIndex([1, 0, 3], () => at)).toBe(index);
  });

  it('never draws an index of weight 0, whatever the rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0.1, 0.7, 1e-9, 3), { minLength: 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (weights, at) => {
          fc.pre(weights.some((weight) => weight > 0));
          expect(weights[weightedIndex(weights, () => at)]).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('refuses weights of which none is positive', () => {
    expect(() => weightedIndex([0, 0], () => 0.5)).toThrow(RangeError);
  });
});

describe('standardNormal', () => {
  it('has mean 0, variance 1 and 2.5 % above 1.96', () => {
    const random = seededRandom(7);
    const values = draws(40_000, () => standardNormal(random));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // Four standard errors: 4/√40000 = 0.02; 4·√(2/40000) = 0.028; 4·√(0.025·0.975/40000) = 0.0031.
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.028);
    expect(Math.abs(values.filter((value) => value > 1.96).length / 40_000 - 0.025)).toBeLessThan(
      0.0031,
    );
  });
});
