import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schedule, versionsNeeded } from '../../../src/core/measure/schedule.ts';

const options = { seed: 1, weights: [1], concurrency: 8 };

const rounds = fc.record({
  number: fc.integer({ min: 1, max: 5 }),
  sizes: fc.uniqueArray(
    fc.record({
      memoryMb: fc.integer({ min: 128, max: 10_240 }),
      warm: fc.integer({ min: 0, max: 40 }),
      cold: fc.integer({ min: 0, max: 20 }),
    }),
    { selector: (size) => size.memoryMb, minLength: 1, maxLength: 8 },
  ),
});

test('every size is invoked exactly as often as planned', () => {
  fc.assert(
    fc.property(rounds, fc.integer(), (round, seed) => {
      const planned = schedule(round, { ...options, seed });
      for (const { memoryMb, warm, cold } of round.sizes) {
        const own = planned.filter((each) => each.memoryMb === memoryMb);
        expect(own.filter((each) => each.burst === null)).toHaveLength(warm);
        expect(own.filter((each) => each.burst !== null)).toHaveLength(cold);
      }
    }),
  );
});

test('warm invocations come in blocks that hold every size once, with one payload', () => {
  const round = {
    number: 1,
    sizes: [128, 512, 1769].map((memoryMb) => ({ memoryMb, warm: 20, cold: 0 })),
  };
  const planned = schedule(round, { ...options, weights: [3, 1] });
  for (let block = 0; block < 20; block++) {
    const own = planned.slice(block * 3, block * 3 + 3);
    expect(new Set(own.map((each) => each.memoryMb)).size).toBe(3);
    expect(new Set(own.map((each) => each.payload)).size).toBe(1);
  }
});

test('payloads keep their weights: 3 to 1 over 20 blocks is 15 to 5', () => {
  const round = { number: 1, sizes: [{ memoryMb: 128, warm: 20, cold: 0 }] };
  const payloads = schedule(round, { ...options, weights: [3, 1] }).map((each) => each.payload);
  expect(payloads.filter((each) => each === 0)).toHaveLength(15);
});

test('a burst never holds more than the concurrency, and a version only one burst', () => {
  const round = { number: 1, sizes: [{ memoryMb: 128, warm: 0, cold: 20 }] };
  const planned = schedule(round, options);
  expect(versionsNeeded(20, 8)).toBe(3);
  expect(
    [0, 1, 2].map((version) => planned.filter((each) => each.version === version).length),
  ).toEqual([8, 8, 4]);
  for (const { version, burst } of planned) expect(burst).toBe(version);
});

test('a schedule with the same seed has the same order, and with another seed another one', () => {
  const round = {
    number: 1,
    sizes: [128, 256, 512, 1024].map((memoryMb) => ({ memoryMb, warm: 10, cold: 0 })),
  };
  expect(schedule(round, options)).toEqual(schedule(round, options));
  expect(schedule(round, { ...options, seed: 2 })).not.toEqual(schedule(round, options));
});
