import { expect, test } from 'vitest';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { nextSlice } from '../../../src/core/measure/next-slice.ts';
import { mostUsd } from '../../../src/core/measure/spending.ts';

const terms = {
  prices: pricesOf('us-east-1', 'x86_64'),
  ephemeralStorageMb: 512,
  timeoutSeconds: 60,
};
const planned = Array.from({ length: 1200 }, () => ({
  memoryMb: 1024,
  payload: 0,
  version: 0,
  burst: null,
}));

test('the worst case of 1,024 MB for 60 s is 70 GB-seconds with 10 s of init, and a request', () => {
  // 70 × 0.0000166667 + 0.0000002, from AWS's price list for us-east-1
  expect(mostUsd(1024, terms)).toBeCloseTo(0.001_166_869, 12);
});

test('a slice holds what the budget pays for in the worst case, and 500 at most', () => {
  expect(nextSlice(planned, 0, 100, terms)).toMatchObject({ from: 0, to: 500 });
  expect(nextSlice(planned, 1000, 100, terms)).toMatchObject({ from: 1000, to: 1200 });
  const three = nextSlice(planned, 0, 3.5 * mostUsd(1024, terms), terms);
  expect(three).toMatchObject({ from: 0, to: 3 });
  expect(three?.worstCaseUsd).toBeCloseTo(3 * mostUsd(1024, terms), 12);
});

test('an invocation made ahead of the schedule costs nothing more, and goes with the slice until it is passed', () => {
  const one = mostUsd(1024, terms);
  const slice = nextSlice(planned, 2, 3.5 * one, terms, [1, 3, 6]);
  // 2, 4 and 5 are paid for; 3 and 6 were made.
  expect(slice).toMatchObject({ from: 2, to: 7, made: [3, 6] });
  expect(slice?.worstCaseUsd).toBeCloseTo(3 * one, 12);
});

test('there is no next slice where nothing is left to measure, or to pay with', () => {
  expect(nextSlice(planned, 1200, 100, terms)).toBeNull();
  expect(nextSlice(planned, 0, 0.001, terms)).toBeNull();
});
