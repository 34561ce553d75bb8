import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { schedule } from '../../../src/core/measure/schedule.ts';
import { payloadSequence } from '../../../src/core/payload/payload-sequence.ts';

const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });

test('every payload is drawn where there are as many draws as payloads, and each about as often as its weight says', () => {
  fc.assert(
    fc.property(weights, fc.nat(200), fc.nat(20), fc.integer(), (given, spare, cold, seed) => {
      const count = given.length + spare;
      const drawn = payloadSequence(count, given, seededRandom(seed), cold);
      const total = given.reduce((sum, weight) => sum + weight, 0);
      const rare = given.filter((weight) => (count * weight) / total < 1).length;
      expect(drawn).toHaveLength(count);
      for (const [payload, weight] of given.entries()) {
        const own = drawn.filter((each) => each === payload).length;
        const share = (count * weight) / total;
        expect(own).toBeGreaterThanOrEqual(Math.max(1, Math.floor(share) - rare));
        expect(own).toBeLessThanOrEqual(Math.max(1, Math.ceil(share)));
      }
    }),
  );
});

test('new environments begin with a payload that is drawn often, and not with the only draw of a rare one', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const drawn = payloadSequence(14, [1, 99, 1], seededRandom(seed), 8);
    expect(drawn.slice(0, 8)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(new Set(drawn.slice(8))).toEqual(new Set([0, 1, 2]));
  }
});

test('a size that is measured less often than others of its round is measured with every payload too', () => {
  const round = {
    number: 2,
    sizes: [
      { memoryMb: 512, warm: 40, cold: 0 },
      { memoryMb: 1024, warm: 6, cold: 0 },
    ],
  };
  for (let seed = 0; seed < 50; seed += 1) {
    const planned = schedule(round, { seed, weights: [90, 5, 4, 1], concurrency: 2 });
    for (const { memoryMb } of round.sizes) {
      const own = planned.filter((each) => each.memoryMb === memoryMb);
      expect(new Set(own.map(({ payload }) => payload)).size).toBe(4);
    }
  }
});
