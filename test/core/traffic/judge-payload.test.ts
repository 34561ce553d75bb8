import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BucketedDurations } from '../../../src/core/history/bucketed-durations.ts';
import { judgePayload } from '../../../src/core/traffic/judge-payload.ts';
import { callsOf } from './traffic-rows.ts';

/** A thousand calls of 50 ms and a thousand of 150 ms: 100 ms on average. */
const CALLS = new BucketedDurations([callsOf(50, { count: 1000 }), callsOf(150, { count: 1000 })]);

function found(meanMs: number, relativeError = 0.02, farReach = 0) {
  return { meanMs, relativeError, farReach };
}

describe('a payload against the traffic', () => {
  test.each([
    // The interval is ×÷ exp(1.96 × √(0.02² + 0.05² + 0.011²)) = ×÷ 1.114.
    [100, 'like'],
    [130, 'like'],
    [140, 'unknown'],
    [160, 'unknown'],
    [170, 'unlike'],
    [76, 'like'],
    [70, 'unknown'],
    [59, 'unlike'],
  ] as const)('a payload of %i ms against calls of 100 ms on average is %s', (ms, verdict) => {
    expect(judgePayload(found(ms), CALLS).verdict).toBe(verdict);
  });

  test('the place of a payload is the share of calls that take no longer', () => {
    expect(judgePayload(found(40), CALLS).place).toBe(0);
    expect(judgePayload(found(100), CALLS).place).toBe(0.5);
    expect(judgePayload(found(150), CALLS).place).toBe(1);
  });

  test('an interval too wide to tell is unknown and says so', () => {
    expect(judgePayload(found(100, 0.3), CALLS)).toMatchObject({
      verdict: 'unknown',
      unknown: 'too-wide',
    });
  });

  test('calls far beyond the others, which a run may have missed, widen the upper end alone', () => {
    const near = judgePayload(found(60, 0.02), CALLS).ratio;
    const far = judgePayload(found(60, 0.02, 0.5), CALLS).ratio;
    expect(far?.low).toBe(near?.low);
    expect(far?.high).toBeGreaterThan((near?.high ?? 0) * 1.4);
  });

  test('without a warm invocation at the present size, or with few calls, nothing is told', () => {
    expect(judgePayload(null, CALLS)).toMatchObject({
      verdict: 'unknown',
      unknown: 'present-size-not-measured',
      ratio: null,
      place: null,
    });
    const few = new BucketedDurations([callsOf(90, { count: 15 }), callsOf(110, { count: 14 })]);
    expect(judgePayload(found(900), few)).toMatchObject({
      verdict: 'unknown',
      unknown: 'few-calls',
    });
  });

  test('the verdict follows the interval, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (meanMs, error, far) => {
          const { verdict, ratio, place } = judgePayload(found(meanMs, error, far), CALLS);
          if (ratio === null) return false;
          const outside = ratio.high < 0.67 || ratio.low > 1.5;
          const within = ratio.low >= 0.67 && ratio.high <= 1.5;
          expect(verdict).toBe(outside ? 'unlike' : within ? 'like' : 'unknown');
          expect(ratio.low).toBeLessThanOrEqual(ratio.estimate);
          expect(ratio.high).toBeGreaterThanOrEqual(ratio.estimate);
          return place !== null && place >= 0 && place <= 1;
        },
      ),
    );
  });

  test('the same calls and payload in another unit of time are judged the same', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 50, noNaN: true }), (times) => {
        const slower = new BucketedDurations([
          callsOf(50 * times, { count: 1000 }),
          callsOf(150 * times, { count: 1000 }),
        ]);
        for (const ms of [40, 75, 100, 145, 300]) {
          const [now, then] = [
            judgePayload(found(ms), CALLS),
            judgePayload(found(ms * times), slower),
          ];
          expect(then.verdict).toBe(now.verdict);
          expect(then.ratio?.estimate).toBeCloseTo(now.ratio?.estimate ?? 0, 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});
