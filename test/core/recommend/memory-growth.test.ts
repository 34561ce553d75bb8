import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { memoryGrowth } from '../../../src/core/recommend/memory-growth.ts';
import { warm } from '../observed.ts';

/** The log tells the most that an environment has used so far. */
function environment(memoryMb: number, number: number, usedMb: readonly number[]): Observation[] {
  let most = 0;
  return usedMb.map((mb, index) => {
    most = Math.max(most, mb);
    return { ...warm(memoryMb, 20), maxMemoryUsedMb: most, environment: number, atMs: index * 100 };
  });
}

describe('memoryGrowth', () => {
  it('finds memory that every invocation of an environment leaves a little more of', () => {
    const leak = (start: number): number[] =>
      Array.from({ length: 12 }, (_, index) => start + index);
    const observations = [
      ...environment(512, 1, leak(80)),
      ...environment(512, 2, leak(82)),
      ...environment(1024, 3, leak(90)),
    ];
    expect(memoryGrowth(observations)).toMatchObject({ invocations: 12 });
  });

  it('takes records of memory that only varies for no growth', () => {
    const random = seededRandom(3);
    const observations = Array.from({ length: 12 }, (_, number) =>
      environment(
        512,
        number,
        Array.from({ length: 20 }, () => Math.round(80 + 10 * random())),
      ),
    ).flat();
    expect(memoryGrowth(observations)).toBeNull();
  });

  it('takes memory that rises while a runtime warms up, and then stays, for no growth', () => {
    const warmUp = Array.from({ length: 16 }, (_, index) => Math.round(100 - 40 * 0.6 ** index));
    const observations = [1, 2, 3, 4].flatMap((number) => environment(512, number, warmUp));
    expect(memoryGrowth(observations)).toBeNull();
  });

  it('says nothing of a few invocations', () => {
    expect(memoryGrowth(environment(512, 1, [80, 81, 82, 83, 84]))).toBeNull();
  });

  it('finds a leak in environments of a few invocations each, over all sizes together', () => {
    const observations = [128, 256, 512, 1024, 1769].flatMap((memoryMb) =>
      [1, 2].flatMap((number) => environment(memoryMb, number, [80, 81, 82, 83, 84])),
    );
    expect(memoryGrowth(observations)).toMatchObject({ fromMb: 80, toMb: 84, invocations: 5 });
  });

  it('takes memory that only varies for a leak in at most 1 of 100 runs of few invocations each', () => {
    const random = seededRandom(11);
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      const jitterMb = [1, 5, 40][run % 3] ?? 0;
      const observations = Array.from({ length: 14 }, (_, number) =>
        environment(
          512,
          number,
          Array.from({ length: 3 + (number % 5) }, () => Math.round(80 + jitterMb * random())),
        ),
      ).flat();
      if (memoryGrowth(observations) !== null) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(10);
  });
});
