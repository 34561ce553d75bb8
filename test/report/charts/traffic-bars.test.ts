import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ResultHistory } from '../../../src/contract/history/traffic.ts';
import type { Result } from '../../../src/contract/tune/result.ts';
import { memoryBars } from '../../../src/report/charts/memory-bars.ts';
import { timeoutRows } from '../../../src/report/charts/timeout-rows.ts';
import { trafficBars } from '../../../src/report/charts/traffic-bars.ts';
import { resultHtml } from '../../../src/report/result-html.ts';
import { facts } from '../../../src/words/result/facts.ts';
import { change } from '../fixtures/results.ts';

const PRESENT_MB = change.current.memoryMb ?? 0;

const HISTORY: ResultHistory = {
  since: '2026-11-07T00:00:00.000Z',
  until: '2026-11-21T00:00:00.000Z',
  invocationsPerMonth: 1_234_567,
  coldShare: 0.008,
  sizes: [
    {
      memoryMb: PRESENT_MB,
      invocations: 567_890,
      durationMs: { p50: 40, p95: 80, p99: 120, p999: 300, max: 2400 },
      maxMemoryUsedMb: 77,
      outOfMemory: 0,
      timeouts: 0,
      errors: null,
    },
  ],
  payload: {
    verdict: 'like',
    unknown: null,
    place: 0.5,
    ratio: { estimate: 0.97, low: 0.91, high: 1.04 },
    experimentMs: 40,
    productionMs: { mean: 41, p10: 20, p90: 70 },
    weights: null,
  },
  savingUsdPerMonth: { estimate: 12.3, low: 10, high: 14 },
  durations: {
    warm: [
      { ms: 20, count: 100_000 },
      { ms: 40, count: 300_000 },
      { ms: 2400, count: 1 },
    ],
    cold: [{ ms: 600, count: 4500 }],
  },
};

const GROUNDED: Result = { ...change, history: HISTORY };

const barsOf = (markup: string, className: string): readonly string[] =>
  [...markup.matchAll(new RegExp(`<rect class="${className}"[^>]*>`, 'g'))].map(([bar]) => bar);

describe('production beside the run', () => {
  test('has a row each for warm and cold calls, of production and of the run, on one axis', () => {
    const chart = trafficBars(GROUNDED);
    const names = new Set(chart?.table.rows.map(([name]) => name));
    expect(names.has('real, warm')).toBe(true);
    expect(names.has('real, cold')).toBe(true);
    expect(names.has('this run, warm')).toBe(true);
    expect(chart?.svg.markup.match(/class="pd-axis"/g)).toHaveLength(1);
  });

  test('draws a bar for each step, the least one at least a unit high', () => {
    const rows = trafficBars(GROUNDED)?.table.rows ?? [];
    const markup = trafficBars(GROUNDED)?.svg.markup ?? '';
    expect(barsOf(markup, 'pd-(?:used|caller)')).toHaveLength(rows.length);
    for (const bar of barsOf(markup, 'pd-used')) {
      expect(Number(/ height="([\d.]+)"/.exec(bar)?.[1])).toBeGreaterThanOrEqual(1);
    }
  });

  test('is not drawn where nothing is known of production, and the page is as it was', () => {
    expect(trafficBars(change)).toBeNull();
    expect(trafficBars({ ...change, history: null })).toBeNull();
    expect(resultHtml(change)).not.toContain('Your calls at');
    expect(resultHtml(GROUNDED)).toContain(`Your calls at ${PRESENT_MB}`);
  });

  test('tells the memory that real calls used beside that of the run, and the tail beside the timeout', () => {
    const memory = memoryBars(GROUNDED);
    expect(memory?.table.headings).toContain('Real calls');
    expect(memory?.table.rows.flat().join(' ')).toMatch(/77\sMB/u);
    expect(timeoutRows(GROUNDED)).toContainEqual(
      expect.objectContaining({ text: 'longest real call', ms: 2400 }),
    );
  });

  test('says in one line how many calls there are, whether the payload is like them, and what the change saves', () => {
    const text = facts(GROUNDED).find(({ label }) => label === 'traffic')?.text;
    expect(text?.replaceAll('\u00a0', ' ')).toBe(
      '1,234,567 calls a month, 0.8 % of them cold, by the logs of 14 days; the payload is like them (0.97 times as long on average, 0.91–1.04); the change saves 12.30 USD a month on them (10.00 USD to 14.00 USD)',
    );
    expect(facts(change).find(({ label }) => label === 'traffic')).toBeUndefined();
  });
});

test('the chart of production uses only classes that the stylesheet has', () => {
  const source = readFileSync('src/report/charts/traffic-bars.ts', 'utf8');
  const style = readFileSync('src/report/charts/chart-style.ts', 'utf8');
  const classes = [...source.matchAll(/'(pd-[a-z]+)'/g)].map(([, name]) => name ?? '');
  for (const name of classes) expect(style).toContain(`.${name}`);
});
