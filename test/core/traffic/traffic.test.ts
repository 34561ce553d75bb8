import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trafficSchema } from '../../../src/contract/history/traffic.ts';
import { BucketedDurations } from '../../../src/core/history/bucketed-durations.ts';
import { bucketOf } from '../../../src/core/history/history-query.ts';
import { fittingWeights } from '../../../src/core/traffic/fitting-weights.ts';
import { packDurations, unpackDurations } from '../../../src/core/traffic/packed-durations.ts';
import { trafficSaving } from '../../../src/core/traffic/traffic-saving.ts';
import { ratioOfAnyCall, trafficTimeout } from '../../../src/core/traffic/traffic-timeout.ts';
import { turnsChoice } from '../../../src/core/traffic/turns-choice.ts';
import { callsOf, DAY_MS, trafficAt512 } from './traffic-rows.ts';

describe('packed durations', () => {
  const durations = fc.array(fc.double({ min: 0.01, max: 899_000, noNaN: true }), {
    minLength: 1,
    maxLength: 400,
  });

  test('keep count, sum and longest, and no quantile falls below the true one, in however few buckets', () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 50 }), (values, most) => {
        const printed = values.map((ms) => Math.max(0.01, Math.round(ms * 100) / 100));
        const packed = packDurations(
          printed.map((ms) => callsOf(ms)),
          most,
        );
        const unpacked = unpackDurations(packed);
        const sorted = printed.toSorted((a, b) => a - b);
        expect(packed.length).toBeLessThanOrEqual(most);
        expect(unpacked.count).toBe(values.length);
        expect(unpacked.max).toBe(sorted.at(-1));
        for (const q of [0.1, 0.5, 0.9, 0.999]) {
          const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? NaN;
          expect(unpacked.quantile(q)).toBeGreaterThanOrEqual(exact);
        }
      }),
    );
  });

  test('that are too many lose the accuracy of the shortest first', () => {
    const values = Array.from({ length: 200 }, (_, index) => 10 * 1.03 ** index);
    const packed = packDurations(
      values.map((ms) => callsOf(ms)),
      150,
    );
    const own = new BucketedDurations(values.map((ms) => callsOf(ms)));
    // 50 pairs are joined: the hundred slowest keep their buckets.
    expect(unpackDurations(packed).quantile(0.999)).toBeCloseTo(own.quantile(0.999) ?? 0, 2);
    expect(packed.filter(([, count]) => count === 2)).toHaveLength(50);
  });
});

describe('what a run keeps of production', () => {
  const traffic = trafficAt512([
    callsOf(100, { count: 900 }),
    callsOf(400, { count: 10, cold: true, initMs: { sum: 2000, max: 200 }, billedMs: 6000 }),
    callsOf(30_000, { count: 2, outcome: 'timeout' }),
    callsOf(80, { count: 88, memoryMb: 1024 }),
    callsOf(-5, { count: 7, bucket: bucketOf(-5) }),
  ]);

  test('fits the schema of the workflow, and leaves out what cannot be', () => {
    expect(trafficSchema.parse(traffic)).toEqual(traffic);
    expect(traffic).toMatchObject({ invocations: 1000, coldShare: 0.01, presentMb: 512 });
    expect(traffic.invocationsPerMonth).toBeCloseTo(1000, 6);
  });

  test('tells warm, cold and cut off apart, at the present size alone', () => {
    const counts = (['warm', 'cold', 'cutOff'] as const).map((kind) =>
      traffic[kind].reduce((sum, [, count]) => sum + count, 0),
    );
    expect(counts).toEqual([900, 10, 2]);
  });

  test('prices a call at the present size by what was billed, however it ended', () => {
    // 900 × 100 + 6,000 + 2 × 30,000 ms = 156 s at 0.5 GB, 1.6667e-5 USD a GB-second, and 2e-7 a request.
    const usd = (156 * 0.5 * 1.66667e-5) / 912 + 2e-7;
    expect(traffic.presentUsd).toBeCloseTo(usd, 12);
  });

  test('holds at most 24 KB, whatever the logs hold', () => {
    const rows = Array.from({ length: 900 }, (_, index) =>
      ['untold', 'timeout'].flatMap((outcome) =>
        [true, false].map((cold) =>
          callsOf(0.02 * Math.exp(index / 51), {
            outcome: outcome as 'untold',
            cold,
            count: 123_456,
            memoryMb: index % 3 === 0 ? 128 + index : 512,
            lastMs: index * DAY_MS,
          }),
        ),
      ),
    ).flat();
    expect(JSON.stringify(trafficAt512(rows)).length).toBeLessThan(24_000);
  });
});

describe('weights that would fit better', () => {
  const payloads = [
    { share: 0.5, durationsMs: [9, 10, 11, 10] },
    { share: 0.5, durationsMs: [95, 100, 105, 100] },
  ];

  test('are the shares that the calls have', () => {
    const calls = new BucketedDurations([
      callsOf(10, { count: 9000 }),
      callsOf(100, { count: 1000 }),
    ]);
    expect(fittingWeights(payloads, calls)).toEqual([0.9, 0.1]);
  });

  test('are not told where those of the input do as well, nor where the calls are like no payload', () => {
    const half = new BucketedDurations([callsOf(10, { count: 500 }), callsOf(100, { count: 500 })]);
    const other = new BucketedDurations([callsOf(5000, { count: 1000 })]);
    expect(fittingWeights(payloads, half)).toBeNull();
    expect(fittingWeights(payloads, other)).toBeNull();
    expect(fittingWeights(payloads.slice(0, 1), half)).toBeNull();
  });
});

describe('the timeout by the tail of production', () => {
  const own = {
    recommendedSeconds: 30,
    quantileMs: { estimate: null, high: null },
    basis: 'insufficient' as const,
    limits: [],
  };
  const none = new BucketedDurations([]);
  const rule = { quantile: 0.999, confidence: 0.95, headroom: 1.5 };
  const tail = {
    seen: {
      warm: new BucketedDurations([callsOf(100, { count: 9900 }), callsOf(4000, { count: 100 })]),
      cold: none,
      cutOff: none,
    },
    rule,
    presentTimeoutSeconds: 30,
    ratio: { estimate: 1, high: 1 },
    longestFoundMs: 50,
  };

  test('moves to a slower size by the upper end of the ratio, with headroom', () => {
    // 4 s × 2.2 × 1.5 = 13.2 s.
    const moved = trafficTimeout(own, { ...tail, ratio: { estimate: 2, high: 2.2 } });
    expect(moved).toMatchObject({ recommendedSeconds: 14, source: 'history', present: 'fits' });
    expect(moved.quantileMs.high).toBeCloseTo(8800, 6);
  });

  test('is never below what production or the run was seen to take', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 1, max: 60_000, noNaN: true }),
        (ratio, longestFoundMs) => {
          const moved = trafficTimeout(own, {
            ...tail,
            ratio: { estimate: ratio, high: ratio },
            longestFoundMs,
          });
          const seconds = moved.recommendedSeconds ?? 0;
          expect(seconds).toBeGreaterThanOrEqual(4);
          expect(seconds * 1000).toBeGreaterThanOrEqual(longestFoundMs);
        },
      ),
    );
  });

  test('is not below the present one where production was cut off beyond the quantile that is wanted', () => {
    const cutOff = new BucketedDurations([callsOf(30_000, { count: 50, outcome: 'timeout' })]);
    const cut = trafficTimeout(
      { ...own, recommendedSeconds: 3, basis: 'fitted-tail' },
      { ...tail, seen: { ...tail.seen, cutOff } },
    );
    expect(cut).toMatchObject({
      recommendedSeconds: 30,
      source: 'experiment',
      present: 'too-tight',
    });
  });

  test('stays the one of the run where the logs hold too few calls, but not below the longest of them', () => {
    const warm = new BucketedDurations([callsOf(100, { count: 40 }), callsOf(7500)]);
    const few = trafficTimeout(
      { ...own, recommendedSeconds: 3, basis: 'fitted-tail' },
      { ...tail, seen: { ...tail.seen, warm } },
    );
    expect(few).toMatchObject({
      recommendedSeconds: 8,
      basis: 'fitted-tail',
      source: 'experiment',
    });
  });

  test('makes nothing shorter by a tail that is fitted to few calls', () => {
    const few = Array.from({ length: 1000 }, (_, index) => callsOf(100 + index));
    const seen = { ...tail.seen, warm: new BucketedDurations(few) };
    // About 1.1 s × 1.5 by the tail, and the run's own answer is the present timeout.
    const moved = trafficTimeout(own, { ...tail, seen });
    expect(moved).toMatchObject({ recommendedSeconds: 30, basis: 'fitted-tail' });
    const longer = trafficTimeout({ ...own, recommendedSeconds: 1 }, { ...tail, seen });
    expect(longer.recommendedSeconds).toBeGreaterThan(1);
  });

  test('takes calls that nobody measured for ones that wait for the CPU alone, or not at all', () => {
    expect(ratioOfAnyCall(1024, 512)).toBe(2);
    expect(ratioOfAnyCall(512, 1024)).toBe(1);
  });
});

describe("a month's saving", () => {
  const terms = {
    invocationsPerMonth: 1e6,
    presentUsd: 2e-6,
    ofTraffic: 0,
    savingsFraction: { estimate: 0.3, low: 0.25, high: 0.35 },
    durationRatio: 1,
    presentMb: 1024,
    nextMb: 512,
  };

  test('is the measured fraction of what the calls cost, where durations stay as they are', () => {
    const saving = trafficSaving(terms);
    // 1e6 × 2e-6 = 2 USD, of which 30 % (25 to 35 %).
    expect(saving.estimate).toBeCloseTo(0.6, 9);
    expect(saving.low).toBeCloseTo(0.5, 9);
    expect(saving.high).toBeCloseTo(0.7, 9);
  });

  test('is less certain the more durations change, for other calls may change by less', () => {
    const width = (durationRatio: number): number => {
      const { low, high } = trafficSaving({ ...terms, durationRatio });
      return high - low;
    };
    expect(width(1.3)).toBeGreaterThan(width(1));
    expect(width(2)).toBeGreaterThan(width(1.3));
  });
});

describe('whether the traffic could turn the choice', () => {
  /** Works for the CPU alone up to 1,024 MB: twice the memory, half the time, the same cost. */
  const sizes = [256, 512, 1024, 2048].map((memoryMb) => {
    const durationMs = 102_400 / Math.min(1024, memoryMb);
    return { memoryMb, durationMs, costUsd: (durationMs * memoryMb) / 1e9 };
  });
  const stake = {
    goal: { kind: 'best-value' as const, tolerance: 0.05, weight: 0.5 },
    sizes,
    chosenMb: 1024,
    present: sizes[1] ?? { memoryMb: 512, durationMs: 200, costUsd: 1e-4 },
    kneeMb: 1024,
    usdPerMs: (memoryMb: number) => memoryMb / 1e9,
  };

  test('is ruled out where calls are alike', () => {
    expect(turnsChoice({ ...stake, times: 1 })).toBe(false);
  });

  test('is possible where calls may wait for ten times as long as the payload works', () => {
    expect(turnsChoice({ ...stake, times: 10 })).toBe(true);
  });

  test('is ruled out where there is one size to choose', () => {
    const only = { ...stake, sizes: sizes.slice(2, 3) };
    expect(turnsChoice({ ...only, times: 10 })).toBe(false);
    expect(turnsChoice({ ...only, times: 0.1 })).toBe(false);
  });
});
