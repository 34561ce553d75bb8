import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  mergeRuns,
  numbersOf,
  sortedBy,
  takeMedian,
} from '../../../src/core/statistics/numbers.ts';
import { quantileOf } from '../../../src/core/statistics/quantile.ts';

interface Timed {
  readonly ms: number;
  readonly rank: number;
  readonly id: number;
}

/** Few different numbers, so that many are equal. */
const timed = fc
  .array(fc.record({ ms: fc.oneof(fc.nat(5), fc.double({ noNaN: true })), rank: fc.nat(2) }), {
    maxLength: 60,
  })
  .map((values): readonly Timed[] => values.map((value, id) => ({ ...value, id })));

test('sorting by a number and then among equals is what sorting by both is, equal values left in their order', () => {
  fc.assert(
    fc.property(timed, (values) => {
      const given = [...values];
      const sorted = sortedBy(
        values,
        ({ ms }) => ms,
        (a, b) => a.rank - b.rank,
      );
      // Numbers are compared and not subtracted: ∞ − ∞ is no number.
      const wanted = values.toSorted((a, b) =>
        a.ms === b.ms ? a.rank - b.rank : a.ms < b.ms ? -1 : 1,
      );
      expect(sorted.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
      expect(values).toEqual(given);
    }),
  );
});

test('ascending runs are merged to what sorting all of them is', () => {
  const run = fc
    .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { maxLength: 20 })
    .map((values) => values.map((value) => value + 0).toSorted((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 9 }), (runs) => {
      const merged = mergeRuns(
        Float64Array.from(runs.flat()),
        runs.map(({ length }) => length),
      );
      expect([...merged]).toEqual(runs.flat().toSorted((a, b) => a - b));
    }),
  );
});

test('the numbers of values come in their order', () => {
  expect(numbersOf(['a', 'bcd', ''], ({ length }) => length)).toEqual(Float64Array.of(1, 3, 0));
});

test('the median that is taken without sorting is the one of the sorted numbers', () => {
  const number = fc.oneof(fc.nat(4), fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (numbers) => {
      expect(takeMedian(Float64Array.from(numbers)) + 0).toBe(
        quantileOf(
          numbers.toSorted((a, b) => a - b),
          0.5,
        ) + 0,
      );
    }),
  );
});
