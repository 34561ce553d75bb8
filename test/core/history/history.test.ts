import { expect, test } from 'vitest';
import type { HistoryRow, HistoryTarget } from '../../../src/contract/history/history.ts';
import { BucketedDurations } from '../../../src/core/history/bucketed-durations.ts';
import { functionHistory } from '../../../src/core/history/function-history.ts';
import {
  bucketOf,
  FINE_BUCKETS_PER_E,
  HISTORY_QUERY,
  isImpossible,
} from '../../../src/core/history/history-query.ts';
import { historyTimeout } from '../../../src/core/history/history-timeout.ts';
import { rankHistories } from '../../../src/core/history/rank-histories.ts';
import { valuesNeeded } from '../../../src/core/history/values-needed.ts';
import { withValues } from '../../../src/core/history/with-values.ts';
import { readHistoryRow } from '../../../src/core/history/read-row.ts';
import { recommendTimeout } from '../../../src/core/timeout/recommend-timeout.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';
import { sizeSampleOf } from './size-sample-of.ts';

const DAY_MS = 86_400_000;
const WINDOW = { sinceMs: 0, untilMs: 30.4375 * DAY_MS };
const TARGET: HistoryTarget = {
  name: 'orders',
  region: 'us-east-1',
  architecture: 'x86_64',
  memoryMb: 1024,
  timeoutSeconds: 30,
  ephemeralStorageMb: 512,
  triggers: [],
};

function row(durationMs: number, more: Partial<HistoryRow> = {}): HistoryRow {
  const count = more.count ?? 1;
  return {
    logGroup: '/aws/lambda/orders',
    owner: '',
    version: '7',
    memoryMb: 1024,
    cold: false,
    outcome: 'ok',
    bucket: bucketOf(durationMs),
    count,
    durationMs: { sum: durationMs * count, min: durationMs, max: durationMs },
    billedMs: Math.ceil(durationMs) * count,
    maxMemoryUsedMb: 100,
    initMs: null,
    firstMs: 0,
    lastMs: DAY_MS,
    ...more,
  };
}

/** Lognormal with a spread of 0.6 around 100 ms, as printed: to 0.01 ms. */
function durations(n: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(100 * Math.exp(0.6 * normal) * 100) / 100;
  });
}

test('a quantile by buckets is never below the one of the values, and at most 2 % above', () => {
  const values = durations(5000, 1).toSorted((a, b) => a - b);
  const bucketed = new BucketedDurations(values.map((value) => row(value)));
  for (const q of [0.01, 0.5, 0.95, 0.99, 0.999, 1]) {
    const exact = values[Math.ceil(q * values.length) - 1] ?? NaN;
    expect(bucketed.quantile(q)).toBeGreaterThanOrEqual(exact);
    expect(bucketed.quantile(q)).toBeLessThanOrEqual(exact * 1.02);
  }
  expect(bucketed.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 5000, 6);
});

test('rows in any order and in any parts give the same quantiles', () => {
  const rows = durations(500, 2).map((value) => row(value));
  const backwards = new BucketedDurations(rows.toReversed());
  expect(backwards.quantile(0.9)).toBe(new BucketedDurations(rows).quantile(0.9));
});

test.each([700, 2000, 4000, 20_000])(
  'the timeout of %i counted invocations is the one of their values, or a second above',
  (n) => {
    for (const seed of [1, 2, 3]) {
      const values = durations(n, seed);
      const exact = recommendTimeout({
        rule: { quantile: 0.999, confidence: 0.95, headroom: 1.5 },
        presentTimeoutSeconds: 30,
        sample: sizeSampleOf(values),
      });
      const counted = historyTimeout(
        {
          warm: new BucketedDurations(values.map((value) => row(value))),
          cold: new BucketedDurations([]),
          cutOff: new BucketedDurations([]),
        },
        TARGET,
      );
      expect(counted.basis).toBe(exact.basis);
      const exactSeconds = exact.recommendedSeconds ?? NaN;
      expect(counted.recommendedSeconds).toBeGreaterThanOrEqual(exactSeconds);
      expect(counted.recommendedSeconds).toBeLessThanOrEqual(exactSeconds + 1);
    }
  },
);

// 1,000,000 × 100 ms × 1 GB = 100,000 GB-s × 1.66667e-5 = 1.66667 USD, and 0.20 USD of requests.
test('cost, ceiling and cold share are those of a sum by hand', () => {
  const history = functionHistory(
    [
      row(100, { count: 990_000 }),
      row(100, { count: 10_000, cold: true, initMs: { sum: 2_000_000, max: 300 } }),
    ],
    TARGET,
    WINDOW,
  );
  expect(history?.sizes[0]?.usdPerMonth).toBeCloseTo(1.86667, 4);
  expect(history?.coldShare).toBeCloseTo(0.01, 12);
  expect(history?.sizes[0]?.initMs).toEqual({ mean: 200, max: 300 });
  // 100 MB ÷ 0.9 = 111.1, and 128 MB is the smallest size: 1 − 128 ÷ 1024.
  expect(history?.ceiling).toMatchObject({ memoryMb: 128, fraction: 0.875 });
  expect(history?.ceiling?.usdPerMonth).toBeCloseTo(1.66667 * 0.875, 4);
});

test('durations that cannot be are counted, and in no number', () => {
  const history = functionHistory(
    [row(100), row(-5), row(900_001), row(1_000_000)],
    TARGET,
    WINDOW,
  );
  expect(history).toMatchObject({ invocations: 1, impossible: 3 });
  expect(history?.sizes[0]?.durationMs.max).toBe(100);
  expect(isImpossible(bucketOf(900_000))).toBe(false);
});

test('a report without a duration is counted as unreadable', () => {
  const broken = row(1, { durationMs: null, bucket: null });
  expect(functionHistory([row(100), broken], TARGET, WINDOW)).toMatchObject({
    invocations: 1,
    unreadable: 1,
  });
});

test('errors are null where text logs do not tell them, and counted where JSON logs do', () => {
  const text = functionHistory([row(100, { outcome: 'untold' })], TARGET, WINDOW);
  expect(text?.sizes[0]?.errors).toBeNull();
  const json = functionHistory([row(100), row(5, { outcome: 'error' })], TARGET, WINDOW);
  expect(json?.sizes[0]?.errors).toBe(1);
});

test('a change of size is confounded where the version changed too', () => {
  const before = row(200, { memoryMb: 512, firstMs: 0 });
  const change = (version: string) =>
    functionHistory([before, row(100, { version, firstMs: 5 * DAY_MS })], TARGET, WINDOW)?.changes;
  expect(change('7')).toMatchObject([
    { fromMb: 512, toMb: 1024, durationRatio: 0.5, confounded: false },
  ]);
  expect(change('8')).toMatchObject([{ confounded: true }]);
});

test('timeouts that were seen make the timeout too tight, and less memory is no saving after out of memory', () => {
  const history = functionHistory(
    [
      row(100, { count: 10 }),
      row(30_000, { outcome: 'timeout' }),
      row(50, { outcome: 'out-of-memory' }),
    ],
    TARGET,
    WINDOW,
  );
  expect(history?.timeout).toMatchObject({ present: 'too-tight', basis: 'insufficient' });
  expect(history?.timeout.recommendedSeconds).toBe(45);
  expect(history?.risks).toEqual(['out-of-memory', 'timeouts']);
  expect(history?.ceiling?.fraction).toBe(0);
});

test('functions with a risk stand before those with money, and those without a history last', () => {
  const answer = (name: string, rows: readonly HistoryRow[]) => ({
    function: name,
    history: functionHistory(rows, TARGET, WINDOW),
    problem: null,
    notes: [],
    against: null,
  });
  const ranked = rankHistories([
    answer('none', []),
    answer('little', [row(100)]),
    answer('much', [row(100, { count: 1000 })]),
    answer('risky', [row(100, { outcome: 'out-of-memory' })]),
  ]);
  expect(ranked.map((each) => each.function)).toEqual(['risky', 'much', 'little', 'none']);
});

test('a row of the answer is read as it stands, and what is missing is null', () => {
  expect(
    readHistoryRow({
      '@log': '123456789012:/aws/lambda/orders',
      n: '3',
      cold: '1',
      status: 'timeout',
    }),
  ).toMatchObject({
    logGroup: '/aws/lambda/orders',
    count: 3,
    cold: true,
    outcome: 'timeout',
    memoryMb: null,
    durationMs: null,
  });
});

test('history rows with negative amounts have null in their place', () => {
  const cells = {
    n: '3',
    memoryMb: '-512',
    billed: '-100',
    used: '-1',
    sumInit: '-5',
    maxInit: '-5',
  };
  expect(readHistoryRow(cells)).toMatchObject({
    count: 3,
    memoryMb: null,
    billedMs: null,
    maxMemoryUsedMb: null,
    initMs: null,
  });
  expect(readHistoryRow({ n: '1', memoryMb: '0', billed: '0', used: '0' })).toMatchObject({
    memoryMb: null,
    billedMs: 0,
    maxMemoryUsedMb: 0,
  });
});

test('costs and inits that are not known in part are not summed up as if they were nothing', () => {
  const cold = { cold: true, count: 2 };
  const history = functionHistory(
    [
      row(100, { ...cold, initMs: { sum: 300, max: 200 } }),
      row(200, { ...cold, initMs: null, billedMs: null }),
    ],
    TARGET,
    WINDOW,
  );
  expect(history?.sizes[0]).toMatchObject({ usd: null, initMs: { mean: 150, max: 200 } });
  expect(history?.ceiling).toMatchObject({ memoryMb: 128, usdPerMonth: null });
});

test('the query is shorter than the 10,000 characters that a query may have', () => {
  expect(HISTORY_QUERY.length).toBeLessThan(9000);
});

test('groups of so few invocations that their timeout is fitted are wanted value by value', () => {
  // Order statistics bound the 99.9 % quantile from 2,995 values on, a fitted tail from 598 on (docs/model.md).
  const group = (count: number, more: Partial<HistoryRow> = {}): HistoryRow =>
    row(10, { logGroup: `${count} ${JSON.stringify(more)}`, count, ...more });
  const needed = [group(598), group(2994), group(700, { outcome: 'untold' })];
  const others = [
    group(597),
    group(2995),
    group(700, { cold: true }),
    group(700, { outcome: 'error' }),
  ];
  expect([...valuesNeeded([...needed, ...others])]).toEqual(needed.map(({ logGroup }) => logGroup));
  const busy = [group(700), { ...group(700), memoryMb: 512, count: 10_000 }];
  expect(valuesNeeded(busy).size).toBe(0);
});

test('a timeout from values in narrow buckets is that of the values, also where they are nearly alike', () => {
  let fitted = 0;
  for (let seed = 0; seed < 40; seed += 1) {
    // 0.6 % around 60 ms, of which buckets of 2 % show nothing, and one call of 61.5 ms in each fourth.
    const values = durations(1000, seed).map((ms) => Math.round(6000 * (ms / 100) ** 0.01) / 100);
    if (seed % 4 === 0) values[0] = 61.5;
    const wide = values.map((ms) => row(ms));
    const fine = values.map((ms) => row(ms, { bucket: bucketOf(ms, FINE_BUCKETS_PER_E) }));
    const bucketed = new BucketedDurations(withValues(wide, fine));
    const none = new BucketedDurations([]);
    const { recommendedSeconds, basis } = historyTimeout(
      { warm: bucketed, cold: none, cutOff: none },
      { timeoutSeconds: 30, triggers: [] },
    );
    const raw = recommendTimeout({
      rule: { quantile: 0.999, confidence: 0.95, headroom: 1.5 },
      presentTimeoutSeconds: 30,
      sample: sizeSampleOf(values),
    });
    expect([recommendedSeconds, basis]).toEqual([raw.recommendedSeconds, raw.basis]);
    if (basis === 'fitted-tail') fitted += 1;
  }
  expect(fitted).toBeGreaterThan(0);
  expect(fitted).toBeLessThan(40);
});

test('values that count other invocations than the buckets replace nothing', () => {
  const wide = durations(700, 5).map((ms) => row(ms));
  const fine = [...wide, row(1e5)];
  expect(withValues(wide, fine)).toBe(wide);
  expect(withValues(wide, wide)).toHaveLength(700);
});
