import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviourAt } from '../../../src/emulator/recorded/behaviour.ts';
import type { RecordedSize, Recording } from '../../../src/emulator/recorded/recording.ts';

function size(memoryMb: number, rest: Partial<RecordedSize> = {}): RecordedSize {
  return {
    memoryMb,
    warmMs: [100],
    coldMs: null,
    initMs: null,
    maxMemoryUsedMb: null,
    timeoutSeconds: null,
    outcome: 'ok',
    ...rest,
  };
}

function recording(...sizes: readonly RecordedSize[]): Recording {
  return { name: 'orders', architecture: 'arm64', timeoutSeconds: null, sizes };
}

describe('at a recorded size', () => {
  test('every recorded value is drawn equally often', () => {
    const at = behaviourAt(recording(size(128, { warmMs: [10, 20, 30, 40] })), 128);
    const drawn = [0, 0.24, 0.25, 0.5, 0.75, 0.999].map((fraction) => at?.warmMs(fraction));
    expect(drawn).toEqual([10, 10, 20, 30, 40, 40]);
  });

  test('nothing is taken from its neighbours', () => {
    const neighbours = recording(
      size(128, { initMs: [1], coldMs: [2], maxMemoryUsedMb: 3, outcome: 'error' }),
      size(512),
    );
    expect(behaviourAt(neighbours, 512)).toMatchObject({
      initMs: null,
      coldMs: null,
      maxMemoryUsedMb: null,
      outcome: 'ok',
    });
  });
});

describe('between two recorded sizes', () => {
  // 256 MB is a third of the way from 512 to 128:
  // (1/256 − 1/512) ÷ (1/128 − 1/512) = (2 − 1) ÷ (4 − 1) = ⅓. So ⅓ of 400 and ⅔ of 100 are 200.
  test('times are linear in 1/memory', () => {
    const at = behaviourAt(recording(size(128, { warmMs: [400] }), size(512)), 256);
    expect(at?.warmMs(0.5)).toBeCloseTo(200, 9);
  });

  test('work bound by CPU keeps its law: memory × time is the same everywhere', () => {
    const law = recording(
      size(128, { warmMs: [12_800 / 128] }),
      size(1024, { warmMs: [12_800 / 1024] }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 1024 }), (memoryMb) => {
        expect((behaviourAt(law, memoryMb)?.warmMs(0) ?? 0) * memoryMb).toBeCloseTo(12_800, 6);
      }),
    );
  });

  test('a quantile lies between the quantiles of the two samples', () => {
    const sample = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(
        sample,
        sample,
        fc.integer({ min: 128, max: 512 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (a, b, memoryMb, fraction) => {
          const ascending = (values: readonly number[]) => values.toSorted((x, y) => x - y);
          const both = recording(
            size(128, { warmMs: ascending(a) }),
            size(512, { warmMs: ascending(b) }),
          );
          const low = behaviourAt(both, 128)?.warmMs(fraction) ?? NaN;
          const high = behaviourAt(both, 512)?.warmMs(fraction) ?? NaN;
          const drawn = behaviourAt(both, memoryMb)?.warmMs(fraction) ?? NaN;
          const slack = 1e-9 * Math.max(low, high);
          expect(drawn).toBeGreaterThanOrEqual(Math.min(low, high) - slack);
          expect(drawn).toBeLessThanOrEqual(Math.max(low, high) + slack);
        },
      ),
    );
  });

  test('between two recorded sizes, what one of them has counts for both, and failing wins', () => {
    const at = behaviourAt(
      recording(
        size(128, { initMs: [300], timeoutSeconds: 9, outcome: 'out-of-memory' }),
        size(512, { coldMs: [50], maxMemoryUsedMb: 90, timeoutSeconds: 3 }),
      ),
      256,
    );
    expect(at?.initMs?.(0)).toBeCloseTo(300, 9);
    expect(at?.coldMs?.(0)).toBeCloseTo(50, 9);
    expect(at).toMatchObject({ maxMemoryUsedMb: 90, timeoutSeconds: 3, outcome: 'out-of-memory' });
  });
});

test.each([127, 513, 10_240])(
  'a recorded function does nothing outside its recorded sizes: %i MB',
  (memoryMb) => {
    expect(behaviourAt(recording(size(128), size(512)), memoryMb)).toBeNull();
  },
);
