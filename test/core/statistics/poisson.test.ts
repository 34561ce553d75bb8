import { expect, test } from 'vitest';
import { leastSeldomReached, poissonTail } from '../../../src/core/statistics/poisson.ts';

// R 4.3: ppois(k - 1, mean, lower.tail = FALSE)
test.each([
  [10, 21, 0.001588261],
  [10, 22, 0.0006996],
  [1, 6, 0.0005941848],
  [0.1, 3, 0.0001546531],
  [100, 132, 0.0012677],
])('a Poisson variable of mean %d is at least %i with probability %d', (mean, count, expected) => {
  expect(poissonTail(mean, count) / expected).toBeCloseTo(1, 2);
});

test('a Poisson variable of any mean is at least 0', () => {
  expect(poissonTail(3, 0)).toBe(1);
});

// The smallest count whose tail in the table above is at most 0.1 %.
test.each([
  [10, 22],
  [1, 6],
  [0.1, 3],
])(
  'the least count that a Poisson variable of mean %d reaches at most once in 1,000 is %i',
  (mean, expected) => {
    expect(leastSeldomReached(mean, 0.001)).toBe(expected);
  },
);

test.each([0.001, 0.5, 7, 123.4, 5000, 99_999])(
  'the least count of a Poisson variable of mean %d is the first whose tail is small enough',
  (mean) => {
    const count = leastSeldomReached(mean, 0.001);
    expect(poissonTail(mean, count)).toBeLessThanOrEqual(0.001);
    expect(poissonTail(mean, count - 1)).toBeGreaterThan(0.001);
  },
);

test('beyond the largest mean that is summed, the count goes on growing without a step', () => {
  const [below, above] = [99_999.9, 100_000.1].map((mean) => leastSeldomReached(mean, 0.001));
  expect(Math.abs((above ?? 0) - (below ?? 0))).toBeLessThan(5);
  expect(above).toBeGreaterThanOrEqual(below ?? Infinity);
});
