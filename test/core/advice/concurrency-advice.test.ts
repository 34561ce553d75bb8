import { describe, expect, test } from 'vitest';
import { concurrencyAdvice, type Demand } from '../../../src/core/advice/concurrency-advice.ts';
import { SHAPES, simulateTraffic } from '../../../bench/advice/simulate-traffic.ts';
import { busyEnvironments, rateOf } from '../../../src/core/advice/load.ts';

/** us-east-1, x86_64 (aws.amazon.com/lambda/pricing). */
const CAPACITY = {
  onDemandUsdPerGbSecond: 1.66667e-5,
  rates: { heldUsdPerGbSecond: 4.1667e-6, usdPerGbSecond: 9.7222e-6 },
};

function demand(change: Partial<Demand> = {}): Demand {
  return {
    rate: { perSecond: 10, basis: 'rate' },
    occupation: { warmMs: { mean: 500, low: 500, high: 500 }, coldMs: null, coldShare: 0.01 },
    memoryMb: 1024,
    hasQueue: false,
    capacity: CAPACITY,
    ...change,
  };
}

function adviceOf(code: string, change: Partial<Demand> = {}) {
  return concurrencyAdvice(demand(change)).find((each) => each.code === code);
}

describe('busyEnvironments', () => {
  test('100 requests a second of half a second each keep 50 environments busy', () => {
    // The example of "Calculating concurrency for a function" in the Lambda Developer Guide.
    const warmMs = { mean: 500, low: 400, high: 600 };
    expect(busyEnvironments(100, { warmMs, coldMs: null, coldShare: 0 })).toEqual({
      estimate: 50,
      low: 40,
      high: 60,
    });
  });

  test('reserved concurrency counts cold invocations by their share, with their init', () => {
    // 10 × (0.9 × 0.1 s + 0.1 × 1.1 s) = 2.
    const warmMs = { mean: 100, low: 100, high: 100 };
    const busy = busyEnvironments(10, { warmMs, coldMs: 1100, coldShare: 0.1 });
    expect(busy?.estimate).toBeCloseTo(2, 9);
  });

  test('no concurrency is advised where the mean duration has no interval', () => {
    const warmMs = { mean: 100, low: null, high: null };
    expect(busyEnvironments(10, { warmMs, coldMs: null, coldShare: 0 })).toBeNull();
  });
});

describe('rateOf', () => {
  test('a rate that the input names is used in place of the monthly mean', () => {
    expect(rateOf(7, 1e9)).toEqual({ perSecond: 7, basis: 'rate' });
  });

  test('the price of provisioned concurrency is for a month of 730 hours', () => {
    expect(rateOf(undefined, 2_628_000)).toEqual({ perSecond: 1, basis: 'month' });
  });

  test('no rate is known where the input and the history name no traffic', () => {
    expect(rateOf(undefined, undefined)).toBeNull();
  });
});

describe('concurrencyAdvice', () => {
  test('the reservation is what the upper end of the load reaches once in 1,000', () => {
    // A load of 10 at the upper end: P(Poisson(10) ≥ 22) is 0.0007, and of 21 it is 0.0016 (R).
    const warmMs = { mean: 800, low: 600, high: 1000 };
    const occupation = { warmMs, coldMs: null, coldShare: 0 };
    expect(adviceOf('reserved-concurrency', { occupation })).toMatchObject({
      busy: { estimate: 8, low: 6, high: 10 },
      executions: 22,
      bound: 'load',
    });
  });

  test('short invocations are bound by ten requests a second in each environment', () => {
    // P(Poisson(100) ≥ 133) is below 0.001, that of 132 above (R): 13.3 environments' worth of requests.
    const warmMs = { mean: 1, low: 1, high: 1 };
    const occupation = { warmMs, coldMs: null, coldShare: 0 };
    const rate = { perSecond: 100, basis: 'rate' } as const;
    expect(adviceOf('reserved-concurrency', { occupation, rate })).toMatchObject({
      executions: 14,
      bound: 'rate',
    });
  });

  test('reserved concurrency is at least five where a queue invokes the function', () => {
    const rate = { perSecond: 0.01, basis: 'rate' } as const;
    expect(adviceOf('reserved-concurrency', { rate, hasQueue: true })).toMatchObject({
      executions: 5,
      bound: 'queue',
    });
    expect(adviceOf('reserved-concurrency', { rate })).toMatchObject({ executions: 2 });
  });

  test('provisioned concurrency is priced, and pays from the use on at which the rates meet', () => {
    // Load 5: P(Poisson(5) ≥ 14) = 0.0007, of 13 0.0020 (R). 4.1667 ÷ (16.6667 − 9.7222) = 0.6. By Erlang's
    // loss the first five carry 0.833, 0.788, 0.730, 0.657 and 0.567, so four are above 0.6.
    // Held: 14 × 1 GB × 2,628,000 s × 4.1667e-6 = 153.30; served: 5 × 2,628,000 × 9.7222e-6 = 127.75; on
    // demand 5 × 2,628,000 × 1.66667e-5 = 219.00.
    const advice = adviceOf('provisioned-concurrency');
    expect(advice).toMatchObject({ executions: 14, payingExecutions: 4, use: 5 / 14 });
    if (advice?.code !== 'provisioned-concurrency') throw new Error('wanted the other advice');
    expect(advice.breakEvenUse).toBeCloseTo(0.6, 4);
    expect(advice.usdPerMonth?.held).toBeCloseTo(153.3, 1);
    expect(advice.usdPerMonth?.all).toBeCloseTo(281.05, 1);
    expect(advice.usdPerMonth?.onDemand).toBeCloseTo(219, 1);
  });

  test('the price of provisioned concurrency is null where no source for its rates is known', () => {
    const capacity = { ...CAPACITY, rates: null };
    expect(adviceOf('provisioned-concurrency', { capacity })).toMatchObject({
      executions: 14,
      breakEvenUse: null,
      payingExecutions: null,
      usdPerMonth: null,
    });
  });
});

describe('Simulated traffic', () => {
  test.each(
    SHAPES.flatMap(([name, sigma]) =>
      [3, 40, 250].map((perSecond) => ({ name, sigma, perSecond })),
    ),
  )(
    'of durations $name, measured 60 times, at $perSecond a second is throttled in at most 0.1 %',
    (traffic) => {
      const { throttled, withLess } = simulateTraffic(traffic, 60_000);
      expect(throttled).toBeLessThanOrEqual(0.001);
      // And not by reserving what nobody needs.
      expect(withLess).toBeGreaterThan(0.001);
    },
  );
});
