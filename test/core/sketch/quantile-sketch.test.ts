import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantileSketch, RELATIVE_ERROR } from '../../../src/core/sketch/quantile-sketch.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';

const QS = [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

/** Type 7 of Hyndman and Fan (1996), from its definition. */
function exactQuantile(sorted: readonly number[], q: number): number {
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? NaN;
  const high = sorted[Math.ceil(rank)] ?? NaN;
  return low + (rank - Math.floor(rank)) * (high - low);
}

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function expectWithin(values: readonly number[], relativeError: number): void {
  const sorted = values.toSorted((a, b) => a - b);
  const sketch = sketchOf(values);
  sketch.quantiles(QS).forEach((estimate, index) => {
    const exact = exactQuantile(sorted, QS[index] ?? NaN);
    expect(
      Math.abs((estimate ?? NaN) - exact),
      `q${QS[index]} of ${values.length}`,
    ).toBeLessThanOrEqual(relativeError * exact);
  });
  expect(sketch.max).toBe(sorted.at(-1));
  expect(sketch.count).toBe(values.length);
}

const random = seededRandom(7);
const many = (draw: (index: number) => number, count = 20_000): number[] =>
  Array.from({ length: count }, (_, index) => draw(index));

describe('a sketch of many values', () => {
  it.each<[string, readonly number[]]>([
    ['spread evenly', many(() => random() * 1000)],
    ['with a long tail', many(() => (1 - random()) ** -3)],
    [
      'in two humps far apart',
      many((index) => (index % 2 === 0 ? 1 : 50_000) * (1 + random() / 100)),
    ],
    ['all the same', many(() => 26.73)],
    ['all nothing', many(() => 0)],
    ['half nothing', many((index) => (index % 2 === 0 ? 0 : random()))],
    ['from the smallest to the largest number', many(() => 10 ** (random() * 600 - 300))],
    ['in the smallest of numbers', many((index) => (index + 1) * Number.MIN_VALUE * 2 ** 60)],
    ['up to the largest number', many((index) => (index % 2 === 0 ? Number.MAX_VALUE : 1))],
    ['on the borders of its buckets', many((index) => (1.005 / 0.995) ** (index % 3000))],
    [
      'beside the borders of its buckets',
      many((index) => (1.005 / 0.995) ** (index % 3000) * (1 + 1e-15)),
    ],
    ['in steps of a hundredth', many((index) => (index % 500) / 100)],
    ['ascending', many((index) => index + 1)],
    ['descending', many((index) => 20_001 - index)],
    ['with one that stands out', many((index) => (index === 777 ? 900_000 : 5))],
    ['one more than it keeps', many(() => random() * 10, 1001)],
  ])('is within 1 %% of the truth: %s', (_, values) => {
    expectWithin(values, RELATIVE_ERROR);
  });

  it('does not depend on the order of values', () => {
    const values = many(() => random() * 1000, 5000);
    const sorted = values.toSorted((a, b) => a - b);
    expect(sketchOf(values).quantiles(QS)).toEqual(sketchOf(sorted).quantiles(QS));
  });

  it('is within 1 % of the truth for any values', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        // Repeated, so that they are more than are kept.
        expectWithin(
          Array.from({ length: 40 }, () => values)
            .flat()
            .slice(0, 1200),
          RELATIVE_ERROR,
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('a sketch of few values', () => {
  it('is exact', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 100 }),
        (values) => {
          expectWithin(values, 1e-12);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('has no quantiles and no maximum without values', () => {
    expect(new QuantileSketch().quantiles([0.5, 0.99])).toEqual([null, null]);
    expect(new QuantileSketch().max).toBeNull();
  });
});
