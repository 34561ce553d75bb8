import { expect, test } from 'vitest';
import type { HistoryAnswer, HistoryRow } from '../../src/contract/history/history.ts';
import { functionHistory } from '../../src/core/history/function-history.ts';
import { bucketOf } from '../../src/core/history/history-query.ts';
import { historyText } from '../../src/report/history/history-text.ts';
import { displayWidth } from '../../src/report/text/display-width.ts';

const DAY_MS = 86_400_000;
const PIPE = { colour: false, unicode: true, columns: Infinity };

function row(memoryMb: number, durationMs: number, more: Partial<HistoryRow> = {}): HistoryRow {
  const count = more.count ?? 1;
  return {
    logGroup: '/aws/lambda/orders',
    owner: '',
    version: '$LATEST',
    memoryMb,
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

const TARGET = {
  region: 'eu-west-1',
  architecture: 'x86_64',
  memoryMb: 512,
  timeoutSeconds: 3,
  ephemeralStorageMb: 512,
  triggers: [],
} as const;

function answer(name: string, rows: readonly HistoryRow[]): HistoryAnswer {
  const window = { sinceMs: 0, untilMs: 14 * DAY_MS };
  const history = functionHistory(rows, { ...TARGET, name }, window);
  return { function: name, history, problem: null, notes: [], against: null };
}

const ORDERS = answer('orders-of-the-shop-in-production', [
  row(512, 20, { count: 123_900 }),
  row(512, 200, { count: 990 }),
  row(1024, 1500, { count: 9 }),
  row(1024, 400, { count: 10, cold: true, initMs: { sum: 1500, max: 150 } }),
]);
const GONE: HistoryAnswer = {
  function: 'gone',
  history: null,
  problem: 'there is no log group of that name, or it may not be read',
  notes: [],
  against: null,
};

/** Texts that must stay whole: words of letters, and numbers with their unit. */
const words = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((word) => /[a-z0-9]/i.test(word));

test.each([
  [40, 'one function', [ORDERS]],
  [60, 'one function', [ORDERS]],
  [80, 'one function', [ORDERS]],
  [40, 'several functions', [ORDERS, GONE]],
  [60, 'several functions', [ORDERS, GONE]],
  [80, 'several functions', [ORDERS, GONE]],
] as const)('at %i columns the history of %s fits and breaks no word', (columns, _, answers) => {
  const wide = historyText(answers, PIPE);
  const narrow = historyText(answers, { ...PIPE, columns });
  for (const line of narrow.split('\n')) {
    expect(displayWidth(line)).toBeLessThanOrEqual(columns);
  }
  // Whatever the wide text says is said, in whole words, but for the heading above the names.
  const said = new Set([...words(narrow), 'function']);
  expect(words(wide).filter((word) => !said.has(word))).toEqual([]);
});

test('a pipe, which has no width, is given a table', () => {
  const [, , heading = '', first = ''] = historyText([ORDERS], PIPE).split('\n');
  expect(heading).toMatch(/^ *memory +count .* a month$/);
  expect(first).toMatch(/^ *512 MB /);
  expect(heading.length).toBe(first.length);
});
