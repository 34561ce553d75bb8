import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { alarmAdvice, type Watched } from '../../../src/core/advice/alarm-advice.ts';
import { quantileOf } from '../../../src/core/statistics/quantile.ts';

function watched(change: Partial<Watched> = {}): Watched {
  return {
    functionName: 'orders',
    deployment: null,
    triggers: [],
    timeoutSeconds: 6,
    boundMs: 3210,
    longestMs: 2000,
    headroom: 1.5,
    ...change,
  };
}

describe('The alarm of durations', () => {
  test.each([
    ['the bound of the tail, in two digits and rounded up', {}, 3300],
    ['the longest that was seen, where the bound is below it', { longestMs: 3950 }, 4000],
    ['the longest with headroom, where there is no bound', { boundMs: null }, 3000],
    ['nine tenths of the timeout at most', { boundMs: 5900 }, 5400],
    ['whole milliseconds for short functions', { boundMs: 1.2, longestMs: 1 }, 2],
  ])('is at %s', (_, change, thresholdMs) => {
    expect(alarmAdvice(watched(change))).toMatchObject([
      { code: 'duration-alarm', statistic: 'p90', periods: 15, periodSeconds: 60, thresholdMs },
    ]);
  });

  test('is not advised where nothing was measured', () => {
    expect(alarmAdvice(watched({ longestMs: 0 }))).toEqual([]);
  });

  test('is written for the project that deploys the function', () => {
    const deployment = { project: 'sam', logicalId: 'OrdersFunction' } as const;
    expect(alarmAdvice(watched({ deployment }))).toMatchObject([deployment]);
  });
});

test.each(['kinesis', 'dynamodb'] as const)('%s gets an alarm at 30 s of IteratorAge', (source) => {
  const trigger = {
    source,
    arn: null,
    unqualified: true,
    visibilityTimeoutSeconds: null,
    batchingWindowSeconds: 0,
  };
  expect(alarmAdvice(watched({ triggers: [trigger] }))[1]).toMatchObject({
    code: 'iterator-age-alarm',
    statistic: 'Maximum',
    thresholdMs: 30_000,
  });
});

describe('On simulated traffic', () => {
  const MINUTES = 24 * 60;

  /** Whether 15 minutes in a row have a p90 above the threshold, which is made of 60 measured durations. */
  function rings(perMinute: number, slowdown: number, seed: number): boolean {
    const random = seededRandom(seed, 'alarm');
    const durationMs = (): number =>
      100 *
      Math.exp(0.6 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
    const longestMs = Math.max(...Array.from({ length: 60 }, durationMs));
    const [alarm] = alarmAdvice(watched({ boundMs: null, longestMs, timeoutSeconds: 3 }));
    if (alarm?.code !== 'duration-alarm') throw new Error('wanted an alarm');
    const { thresholdMs } = alarm;
    let inARow = 0;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const sorted = Array.from({ length: perMinute }, () => durationMs() * slowdown);
      const p90 = quantileOf(
        sorted.toSorted((a, b) => a - b),
        0.9,
      );
      inARow = p90 > thresholdMs ? inARow + 1 : 0;
      if (inARow === 15) return true;
    }
    return false;
  }

  test.each([1, 10, 100])(
    'a day of %i invocations a minute like the measured ones is quiet',
    (perMinute) => {
      expect([1, 2, 3].map((seed) => rings(perMinute, 1, seed))).toEqual([false, false, false]);
    },
  );

  test('durations that have grown tenfold are noticed before the timeout cuts them off', () => {
    expect([1, 2, 3].map((seed) => rings(20, 10, seed))).toEqual([true, true, true]);
  });
});
