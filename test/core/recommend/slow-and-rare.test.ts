import { describe, expect, it } from 'vitest';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { recommend, type Recommendation } from '../../../src/core/recommend/recommend.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { settled, warm } from '../observed.ts';

type Draw = (random: () => number) => number;
type Recommended = Extract<Recommendation, { readonly kind: 'recommended' }>;

const SIZES_MB = [512, 1024, 2048];
const MEAN_MS = 300;
/** With a tail index of 1.5 and a mean of 1, by inversion. */
const pareto: Draw = (random) => (1 - random()) ** (-1 / 1.5) / 3;
const quiet: Draw = (random) => 1 + 0.02 * (random() - 0.5);

/** Every size takes as long, so many times. */
function recommendDraws(draw: Draw, count: number, seed: number): Recommended {
  const random = seededRandom(seed, 'slow and rare');
  const result = recommend({
    input: settled(),
    target: { memoryMb: 512, timeoutSeconds: 30 },
    variants: [],
    observations: Array.from({ length: count }, () =>
      SIZES_MB.map((memoryMb) => warm(memoryMb, MEAN_MS * draw(random))),
    ).flat(),
    prices: pricesOf('us-east-1', 'x86_64'),
    ephemeralStorageMb: 512,
    seed,
  });
  if (result.kind !== 'recommended') throw new Error('nothing was recommended');
  return result;
}

function facts(result: Recommended, code: string): object | undefined {
  return result.warnings.find((warning) => warning.code === code);
}

describe('slow invocations that are rare', () => {
  it('may be unseen in fewer than 152 warm invocations, and a warning says so', () => {
    // log 0.01 ÷ log 0.97 = 151.2: so many show a hump of 3 % with a probability of 99 %.
    expect(facts(recommendDraws(quiet, 50, 1), 'rare-slow-unseen')).toMatchObject({ count: 150 });
    expect(facts(recommendDraws(quiet, 51, 1), 'rare-slow-unseen')).toBeUndefined();
  });

  it('make a warning where the mean hangs on the few slowest', () => {
    expect(facts(recommendDraws(pareto, 200, 2), 'heavy-tail')).toMatchObject({ count: 600 });
    expect(facts(recommendDraws(quiet, 200, 2), 'heavy-tail')).toBeUndefined();
  });

  it('are in intervals: these hold the mean of a tail without a variance in at least nine of ten runs', () => {
    const runs = Array.from({ length: 40 }, (_, seed) => recommendDraws(pareto, 170, seed));
    const sizes = runs.flatMap((run) => run.sizes);
    const held = sizes.filter(({ durationMs: { low, high } }) => {
      return low !== null && high !== null && low <= MEAN_MS && MEAN_MS <= high;
    });
    expect(sizes).toHaveLength(120);
    expect(held.length / sizes.length).toBeGreaterThanOrEqual(0.9);
  });

  it('raise intervals of payloads of unlike lengths by as much as those of one payload', () => {
    const random = seededRandom(5, 'unlike lengths');
    const lengths = [10, 10, 1000, 1000, 1000];
    const result = recommend({
      input: { ...settled(), payloads: lengths.map(() => ({ sha256: '', bytes: 2, weight: 1 })) },
      target: { memoryMb: 512, timeoutSeconds: 30 },
      variants: [],
      observations: Array.from({ length: 25 }, () =>
        SIZES_MB.flatMap((memoryMb) =>
          lengths.map((ms, payload) => ({
            ...warm(memoryMb, ms * (1 + 0.1 * (random() - 0.5))),
            payload,
          })),
        ),
      ).flat(),
      prices: pricesOf('us-east-1', 'x86_64'),
      ephemeralStorageMb: 512,
      seed: 5,
    });
    if (result.kind !== 'recommended') throw new Error('nothing was recommended');
    for (const { durationMs } of result.sizes) {
      // (2 × 10 + 3 × 1,000) ÷ 5 = 604 ms in the mean.
      expect(durationMs.high).toBeGreaterThan(604);
      expect(durationMs.high).toBeLessThan(1.2 * 604);
    }
  });

  it('are no reason for an upper end that is no number, where most invocations take no time', () => {
    const result = recommendDraws((random) => (random() < 0.6 ? 0 : 1 / MEAN_MS), 70, 3);
    for (const { durationMs } of result.sizes) expect(durationMs.high).toBeGreaterThan(0);
  });
});
