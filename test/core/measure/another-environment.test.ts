import { expect, test } from 'vitest';
import { mayHaveAnother } from '../../../src/core/measure/another-environment.ts';

/** Two sizes of a function that works for 60 ms of one vCPU, ten invocations each, with an init of 150 ms. */
const FAST = new Map([
  [128, [{ durationMs: 830, initMs: 150 }]],
  [3008, [{ durationMs: 60, initMs: 150 }]],
]);

test.each([
  // The run is 10 × (830 × 128 + 60 × 3,008) = 2.87 million MB·ms; 0.3 % of it are 8,600.
  ['an init at 3,008 MB is 451,200 MB·ms', 3008, 1, false],
  ['an init at 128 MB is 19,200 MB·ms', 128, 1, false],
  ['a size that was not seen has to do with one', 512, 1, false],
] as const)('%s: too much beside a short run', (_why, memoryMb, environments, expected) => {
  expect(mayHaveAnother(memoryMb, FAST, { environments, invocations: 10 })).toBe(expected);
});

test('a run of ten times as many invocations allows four further environments at 128 MB and none at 3,008 MB', () => {
  // 0.3 % of 28.7 million MB·ms are 86,000: four inits of 19,200 and no five.
  const may = (memoryMb: number, environments: number): boolean =>
    mayHaveAnother(memoryMb, FAST, { environments, invocations: 100 });
  expect([may(128, 4), may(128, 5), may(3008, 1)]).toEqual([true, false, false]);
});

test('a size whose init was never seen gets no further environment, whatever the run takes', () => {
  const seen = new Map([[128, [{ durationMs: 60_000, initMs: null }]]]);
  expect(mayHaveAnother(128, seen, { environments: 1, invocations: 1000 })).toBe(false);
});
