import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDue } from '../../src/cloud/sweep-times.ts';

const MINUTE_MS = 60_000;

/** When an execution is looked at that ended this long before a sweep: minutes after its end. */
function looksAt(firstSweepMinutes: number): readonly number[] {
  const sweeps = Array.from({ length: 200 }, (_, index) => firstSweepMinutes + index * 15);
  return sweeps.filter((minutes) => isDue(minutes * MINUTE_MS));
}

test('every ended execution is looked at within 20 minutes, three times in its first hour and 26 or 27 times in all', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 15, maxExcluded: true, noNaN: true }), (phase) => {
      const looks = looksAt(phase);
      expect(looks[0]).toBeLessThan(20);
      expect(looks.filter((minutes) => minutes < 60).length).toBeGreaterThanOrEqual(3);
      expect([26, 27]).toContain(looks.length);
      expect(looks.at(-1)).toBeGreaterThan(22 * 60);
    }),
  );
});

test('the rule has five minutes first, and after a day nobody looks any more', () => {
  expect(isDue(5 * MINUTE_MS - 1)).toBe(false);
  expect(isDue(5 * MINUTE_MS)).toBe(true);
  expect(isDue(24 * 60 * MINUTE_MS - 1)).toBe(false);
  expect(isDue(24 * 60 * MINUTE_MS)).toBe(false);
  expect(isDue(-1)).toBe(false);
});
