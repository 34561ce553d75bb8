import { describe, expect, test } from 'vitest';
import type { HistoryAnswer, HistoryRow } from '../../src/contract/history/history.ts';
import { functionHistory } from '../../src/core/history/function-history.ts';
import { bucketOf } from '../../src/core/history/history-query.ts';
import { durationChart } from '../../src/report/history/duration-chart.ts';
import { renderHistory } from '../../src/report/history/render-history.ts';
import { parseMarkup } from './fixtures/parse-markup.ts';

const DAY_MS = 86_400_000;
const SPENT = { by: 'insights', queries: 1, rows: 3, bytesScanned: 1000, usd: 0 } as const;

function row(durationMs: number, more: Partial<HistoryRow> = {}): HistoryRow {
  const count = more.count ?? 1;
  return {
    logGroup: '/aws/lambda/orders',
    owner: '',
    version: '$LATEST',
    memoryMb: 512,
    cold: false,
    outcome: 'ok',
    bucket: bucketOf(durationMs),
    count,
    durationMs: { sum: durationMs * count, min: durationMs, max: durationMs },
    billedMs: Math.ceil(durationMs) * count,
    maxMemoryUsedMb: 100,
    initMs: null,
    firstMs: DAY_MS,
    lastMs: 13 * DAY_MS,
    ...more,
  };
}

function answer(name: string, rows: readonly HistoryRow[], timeoutSeconds = 3): HistoryAnswer {
  const target = {
    name,
    region: 'eu-west-1',
    architecture: 'x86_64',
    memoryMb: 512,
    timeoutSeconds,
    ephemeralStorageMb: 512,
    triggers: [],
  } as const;
  const history = functionHistory(rows, target, { sinceMs: 0, untilMs: 14 * DAY_MS });
  return { function: name, history, problem: null, notes: [], against: null };
}

const CALM = answer('calm', [
  row(20, { count: 900 }),
  row(200, { count: 99 }),
  row(1500),
  row(400, { count: 10, cold: true, initMs: { sum: 1500, max: 150 } }),
]);
const FULL = answer('full', [row(2990, { maxMemoryUsedMb: 500, count: 5 })]);
const UNKNOWN: HistoryAnswer = {
  function: 'gone',
  history: null,
  problem: 'there is no log group',
  notes: [],
  against: null,
};

function pageOf(answers: readonly HistoryAnswer[]): string {
  return renderHistory('html', answers, SPENT).replaceAll('\u00a0', ' ');
}

describe('The page of one function', () => {
  const page = pageOf([CALM]);

  test('draws how its durations lie, warm and cold, with their quantiles and the timeout', () => {
    expect(page).toContain('Durations at 512 MB');
    expect(page).toContain(
      'Warm: 1000 calls, the longest 1.50 s. Cold: 10 calls, the longest 400 ms. Marked: p50 20.0 ms, p99 200 ms, p99.9 200 ms, timeout 3.00 s.',
    );
  });

  test('has no ranking, and is well-formed', () => {
    expect(page).not.toContain('memory used');
    expect(() => parseMarkup(page)).not.toThrow();
  });
});

describe('The ranking', () => {
  const page = pageOf([FULL, CALM, UNKNOWN]);

  test('has a bar for how full the memory was, and one for how much of the timeout was taken', () => {
    // 500 of 512 MB are 98 %, and the longest of 2,990 ms is below 3 s.
    expect(page).toContain('at risk: 500 MB of 512 MB used (98 %)');
    expect(page).toContain('up to 2.99 s of 3 s');
    expect(page).toContain('100 MB of 512 MB used (20 %)');
  });

  test('colours what is a risk, and nothing else', () => {
    expect([...page.matchAll(/<rect class="pd-full"/g)]).toHaveLength(1);
  });

  test('shows a function without a history, and no bar of it', () => {
    expect(page).toContain('there is no log group');
    const [shown = ''] = page.split('<script');
    expect(shown).not.toMatch(/null|undefined|NaN/);
  });

  test('gives every chart of the page an id of its own', () => {
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is well-formed', () => {
    expect(() => parseMarkup(page)).not.toThrow();
  });
});

test('a function without an invocation that ended well at its present size has no chart', () => {
  const { history } = answer('dead', [row(3000, { outcome: 'timeout' })]);
  expect(history && durationChart(history, 0)).toBeNull();
});

test('JSON has the durations in steps of 10 %, each by the longest that it holds', () => {
  const { functions } = JSON.parse(renderHistory('json', [CALM], SPENT)) as {
    readonly functions: readonly HistoryAnswer[];
  };
  expect(functions[0]?.history?.durations).toEqual({
    warm: [
      { ms: 20, count: 900 },
      { ms: 200, count: 99 },
      { ms: 1500, count: 1 },
    ],
    cold: [{ ms: 400, count: 10 }],
  });
});
