import { expect, test } from 'vitest';
import type { FailureOfSize } from '../../../src/contract/tune/failure.ts';
import { addFailure, MOST_FAILURE_BYTES } from '../../../src/core/measure/failures.ts';

const of = (memoryMb: number, type: string | null, message: string | null = null) => ({
  memoryMb,
  type,
  message,
});

test('failures are counted by size and type, with the words of the first', () => {
  const seen = [
    of(512, 'A', 'first'),
    of(512, 'A', 'second'),
    of(512, 'B'),
    of(1024, 'A', 'third'),
  ];
  expect(seen.reduce<readonly FailureOfSize[]>(addFailure, [])).toEqual([
    { memoryMb: 512, type: 'A', message: 'first', count: 2 },
    { memoryMb: 512, type: 'B', message: null, count: 1 },
    { memoryMb: 1024, type: 'A', message: 'third', count: 1 },
  ]);
});

test('however many kinds there are, and however long their words, they fit the room in the state, and none is uncounted', () => {
  const long = 'x'.repeat(5000);
  const seen = Array.from({ length: 500 }, (_, index) => ({
    ...of(10_240, `${index}${long}`, long),
    stack: long,
  }));
  const known = seen.reduce<readonly FailureOfSize[]>(addFailure, []);
  expect(known.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  expect(JSON.stringify(known).length).toBeLessThan(MOST_FAILURE_BYTES);
});
