import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOMES, type Observation } from '../../../src/contract/shared/observation.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import {
  fromResultObservations,
  packObservations,
  toCompressedTable,
  toTable,
  unpackObservations,
} from '../../../src/stages/tune/observation-codec.ts';

const milliseconds = fc.integer({ min: 0, max: 90_000_000 }).map((hundredths) => hundredths / 100);

const observation: fc.Arbitrary<Observation> = fc.record({
  memoryMb: fc.integer({ min: 128, max: 10_240 }),
  durationMs: fc.option(milliseconds),
  billedMs: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  initMs: fc.option(milliseconds),
  maxMemoryUsedMb: fc.option(fc.integer({ min: 0, max: 10_240 })),
  cold: fc.option(fc.boolean()),
  outcome: fc.constantFrom(...OUTCOMES),
  payload: fc.integer({ min: 0, max: 99 }),
  atMs: fc.integer({ min: 0, max: 86_400_000 }),
});

test('observations come back as they went in, few or many', () => {
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 250 }), (observations) => {
      expect(unpackObservations(packObservations(observations))).toEqual(observations);
      expect(fromResultObservations(toTable(observations))).toEqual(observations);
      expect(fromResultObservations(toCompressedTable(observations))).toEqual(observations);
    }),
    { numRuns: 30 },
  );
});

test('the largest run stays under 150 KiB of the 256 KiB that a state may hold', () => {
  const random = seededRandom(1);
  let atMs = 0;
  const observations = Array.from({ length: 8000 }, (_, index): Observation => {
    const cold = random() < 0.02;
    const durationMs = Math.round(10_000 * Math.exp(standardNormal(random))) / 100;
    const initMs = cold ? Math.round(30_000 * random()) / 100 : null;
    atMs += Math.round(60 * random());
    return {
      memoryMb: 128 + 220 * Math.floor(random() * 46),
      durationMs,
      billedMs: Math.ceil(durationMs + (initMs ?? 0)),
      initMs,
      maxMemoryUsedMb: 70 + Math.floor(20 * random()),
      cold,
      outcome: random() < 0.01 ? 'error' : 'ok',
      payload: index % 3,
      atMs,
    };
  });
  expect(JSON.stringify(packObservations(observations)).length).toBeLessThan(150 * 1024);
});
