import { describe, expect, it } from 'vitest';
import { sizeMeans, type SizeDurations } from '../../../src/core/curve/size-means.ts';
import { seededRandom, standardNormal, type Random } from '../../../src/contract/shared/random.ts';

function observe(
  noise: (random: Random) => number,
  count: number,
  seed: number,
  driftAt: (atMs: number) => number = () => 1,
): SizeDurations[] {
  const random = seededRandom(seed);
  return [400, 200, 100, 50].map((ms, index) => ({
    memoryMb: 128 * 2 ** index,
    values: Array.from({ length: count }, (_, block) => {
      const atMs = block * 1000 + index * 250;
      return { durationMs: ms * driftAt(atMs) * noise(random), atMs };
    }),
  }));
}

/** Typical relative error of the ratio of neighbours, which is 2, over many runs. */
function errorOfRatios(noise: (random: Random) => number, count: number): number {
  let squares = 0;
  const runs = 200;
  for (let seed = 0; seed < runs; seed += 1) {
    const { points } = sizeMeans(observe(noise, count, seed));
    const ratio = (points[0]?.durationMs ?? 0) / (points[1]?.durationMs ?? 1);
    squares += (ratio / 2 - 1) ** 2;
  }
  return Math.sqrt(squares / runs);
}

describe('sizeMeans', () => {
  it('on clean values is the mean', () => {
    const { points } = sizeMeans([
      { memoryMb: 128, values: [99, 100, 101].map((durationMs) => ({ durationMs, atMs: 0 })) },
    ]);
    expect(points[0]?.durationMs).toBeCloseTo(100, 1);
  });

  it('is as good as plain means where noise is normal', () => {
    // Two means of 10 values with a CV of 0.1: √2 × 0.1 ÷ √10 = 4.5 %.
    const error = errorOfRatios((random) => 1 + 0.1 * standardNormal(random), 10);
    expect(error).toBeLessThan(0.055);
  });

  it('compares sizes far better than plain means where one value in fifty takes ten times as long', () => {
    // Plain: √2 × CV 1.07 ÷ √10 = 48 %.
    const error = errorOfRatios(
      (random) => Math.exp(0.1 * standardNormal(random)) * (random() < 0.02 ? 10 : 1),
      10,
    );
    expect(error).toBeLessThan(0.12);
  });

  it('keeps what a tail adds to the mean, on many values', () => {
    // 2 % of ten times as long: 1 + 0.02 × 9 = 1.18.
    const { points } = sizeMeans(
      observe((random) => (random() < 0.02 ? 10 : 1) * (1 + 0.01 * random()), 3000, 5),
    );
    expect((points[2]?.durationMs ?? 0) / 100).toBeGreaterThan(1.13);
    expect((points[2]?.durationMs ?? 0) / 100).toBeLessThan(1.23);
  });

  it('states how far it is off: about as far as it is', () => {
    let inside = 0;
    const runs = 300;
    for (let seed = 0; seed < runs; seed += 1) {
      const noise = (random: Random): number => Math.exp(0.3 * standardNormal(random) - 0.045);
      const [first, second] = sizeMeans(observe(noise, 12, seed)).points;
      const ratio = (first?.durationMs ?? 0) / (second?.durationMs ?? 1) / 2;
      const reach =
        1.96 * Math.sqrt((first?.relativeVariance ?? 0) + (second?.relativeVariance ?? 0));
      if (Math.abs(Math.log(ratio)) <= reach) inside += 1;
    }
    // 95 % ± 3 standard errors of 1.26 %, and a little for the pooled variance.
    expect(inside / runs).toBeGreaterThan(0.91);
    expect(inside / runs).toBeLessThanOrEqual(0.995);
  });

  it('sees a drift that all sizes share, and none where there is none', () => {
    const noise = (random: Random): number => 1 + 0.03 * standardNormal(random);
    expect(sizeMeans(observe(noise, 40, 7)).drift).toBeNull();
    const drifting = sizeMeans(observe(noise, 40, 7, (atMs) => 1 + atMs / 200_000));
    // From 1.0 to 1.2 over 40 s; the periods at both ends lie within.
    expect(drifting.drift?.swing).toBeGreaterThan(0.12);
    expect(drifting.drift?.swing).toBeLessThan(0.22);
  });

  it('works on one value a size', () => {
    const { points } = sizeMeans(observe(() => 1, 1, 1));
    expect(points.map(({ durationMs }) => Math.round(durationMs))).toEqual([400, 200, 100, 50]);
    for (const { relativeVariance } of points) expect(relativeVariance).toBeGreaterThan(0.05);
  });
});
