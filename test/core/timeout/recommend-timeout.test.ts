import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { sizeSamples } from '../../../src/core/recommend/size-sample.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { quantileUpperBound } from '../../../src/core/timeout/quantile-bound.ts';
import { recommendTimeout } from '../../../src/core/timeout/recommend-timeout.ts';
import { cold, failed, settled, warm } from '../observed.ts';

describe('quantileUpperBound', () => {
  const ordered = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

  it.each([
    // The largest of n is above the q-quantile with probability 1 − q^n: 0.999^2994 = 0.05002 is not
    // enough for 95 %, 0.999^2995 = 0.04997 is. For q 0.9: 0.9^28 = 0.0523, 0.9^29 = 0.0471.
    { n: 2994, q: 0.999, bound: null },
    { n: 2995, q: 0.999, bound: 2995 },
    { n: 28, q: 0.9, bound: null },
    { n: 29, q: 0.9, bound: 29 },
    // n = 46 with the second largest: 1 − 0.9^46 − 46·0.1·0.9^45 = 0.952; with 45 it is 0.9476.
    { n: 45, q: 0.9, bound: 45 },
    { n: 46, q: 0.9, bound: 45 },
    { n: 0, q: 0.5, bound: null },
  ])('$n values for $q', ({ n, q, bound }) => {
    expect(quantileUpperBound(ordered(n), q, 0.95)).toBe(bound);
  });

  it('is above the true quantile as often as it says', () => {
    // Uniform on [0, 1): the 0.9 quantile is 0.9. Discreteness makes it a little more than 95 %.
    const random = seededRandom(9);
    let above = 0;
    for (let run = 0; run < 2000; run += 1) {
      const sorted = Array.from({ length: 100 }, random).toSorted((a, b) => a - b);
      if ((quantileUpperBound(sorted, 0.9, 0.95) ?? 0) >= 0.9) above += 1;
    }
    expect(above / 2000).toBeGreaterThan(0.95 - 0.0195);
    expect(above / 2000).toBeLessThan(0.99);
  });
});

describe('recommendTimeout', () => {
  function timeoutOf(observations: readonly Observation[], presentTimeoutSeconds: number) {
    const sample = sizeSamples(observations, {
      prices: pricesOf('us-east-1', 'arm64'),
      ephemeralStorageMb: 512,
    }).get(512);
    if (sample === undefined) throw new Error('nothing observed');
    return recommendTimeout({ rule: settled().timeout, presentTimeoutSeconds, sample });
  }

  it('leaves the present timeout on too few observations', () => {
    expect(timeoutOf([warm(512, 100), warm(512, 200)], 30)).toEqual({
      recommendedSeconds: 30,
      quantileMs: { estimate: null, high: null },
      basis: 'insufficient',
      limits: [],
      present: null,
      hungCallUsd: { present: null, recommended: null },
      // A hump of 0.5 % is seen with 95 %: 0.995^597 = 0.0502, 0.995^598 = 0.0499.
      neededObservations: 598,
      // Of two values, the larger is above a share of 1 − √0.05 with 95 %.
      observed: {
        ms: 200,
        exceededByAtMost: expect.closeTo(1 - Math.sqrt(0.05), 9) as number,
        confidence: 0.95,
      },
    });
  });

  it.each([
    // 4,200 ms × 1.5 = 6.3 s.
    { name: 'warm', observations: [warm(512, 4200)], seconds: 7 },
    { name: 'cold', observations: [warm(512, 10), cold(512, 4200, 900)], seconds: 7 },
    { name: 'cut off', observations: [warm(512, 10), failed(512, 'timeout', 4200)], seconds: 7 },
    { name: 'beyond what Lambda takes', observations: [warm(512, 890_000)], seconds: 900 },
  ])(
    'raises the present timeout where the longest observation does not fit: $name',
    ({ observations, seconds }) => {
      expect(timeoutOf(observations, 3)).toMatchObject({
        recommendedSeconds: seconds,
        basis: 'insufficient',
      });
    },
  );

  it('bounds the quantile by order statistics on 3,000 observations, below the present timeout', () => {
    // 1 … 3000 ms: only the largest is above the 99.9 % quantile with 95 %; 3 s × 1.5 = 4.5 s.
    const observations = Array.from({ length: 3000 }, (_, index) => warm(512, index + 1));
    const result = timeoutOf(observations, 30);
    expect(result).toMatchObject({ recommendedSeconds: 5, basis: 'observations' });
    expect(result.quantileMs.high).toBe(3000);
    // Type 7: position 0.999 × 2999 = 2996.001 from 1.
    expect(result.quantileMs.estimate).toBeCloseTo(2997.001, 9);
  });

  it('is never below the longest seen, cold ones too', () => {
    const observations = Array.from({ length: 3000 }, (_, index) => warm(512, 1 + index / 3000));
    expect(timeoutOf([...observations, cold(512, 7500, 300)], 30).recommendedSeconds).toBe(8);
  });

  it('says insufficient where invocations were cut off, however many there are', () => {
    const observations = Array.from({ length: 4000 }, () => warm(512, 1000));
    const result = timeoutOf([...observations, failed(512, 'timeout', 60_000)], 30);
    expect(result).toMatchObject({ recommendedSeconds: 90, basis: 'insufficient' });
  });
});
