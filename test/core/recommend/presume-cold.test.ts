import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { presumeCold } from '../../../src/core/recommend/presume-cold.ts';
import { cold, warm } from '../observed.ts';

/** Two environments at each size, the first of each slow by a factor; then they take turns. */
function run(factor: number, each: (memoryMb: number, ms: number) => Observation): Observation[] {
  return [128, 256, 512].flatMap((memoryMb) =>
    Array.from({ length: 12 }, (_, index) => {
      const first = index < 2;
      const ms = (first ? factor : 1) * (100 + index);
      const made = first ? each(memoryMb, ms) : warm(memoryMb, ms);
      return { ...made, atMs: first ? 0 : 5000 + index * 500 };
    }),
  );
}

describe('presumedCold', () => {
  it('takes slow first runs for cold where Lambda initialised ahead', () => {
    const observations = run(8, warm);
    const found = presumeCold(observations);
    expect(found.size).toBe(6);
    for (const each of found) expect(each.atMs).toBe(0);
  });

  it('leaves first runs that are no slower', () => {
    expect(presumeCold(run(1.3, warm)).size).toBe(0);
  });

  it('leaves what the log calls cold already', () => {
    expect(presumeCold(run(8, (memoryMb, ms) => cold(memoryMb, ms, 200))).size).toBe(0);
  });

  it('leaves outliers that come at any time', () => {
    const observations = [128, 256, 512].flatMap((memoryMb) =>
      Array.from({ length: 30 }, (_, index) => ({
        ...warm(memoryMb, index % 7 === 3 ? 900 : 100),
        atMs: index * 2000,
      })),
    );
    expect(presumeCold(observations).size).toBe(0);
  });
});
