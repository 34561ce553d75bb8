import { expect, test } from 'vitest';
import { coveredWindow, withoutExperiments } from '../../../src/core/traffic/production-rows.ts';
import { callsOf, DAY_MS } from './traffic-rows.ts';

const HOUR_MS = DAY_MS / 24;

test('versions at three sizes at once are an experiment, and no traffic', () => {
  const at = { firstMs: 5 * DAY_MS, lastMs: 5 * DAY_MS + HOUR_MS };
  const traffic = callsOf(100, { version: '$LATEST', firstMs: 0, lastMs: 14 * DAY_MS });
  const rows = [
    traffic,
    callsOf(400, { version: '41', memoryMb: 128, ...at }),
    callsOf(100, { version: '42', memoryMb: 512, ...at }),
    callsOf(50, { version: '43', memoryMb: 1024, ...at }),
  ];
  expect(withoutExperiments(rows)).toEqual([traffic]);
});

test('a release that moves the traffic from one size to another is traffic', () => {
  const rows = [
    callsOf(100, { version: '41', memoryMb: 512, firstMs: 0, lastMs: 6 * HOUR_MS }),
    callsOf(50, { version: '42', memoryMb: 1024, firstMs: 5 * HOUR_MS, lastMs: 20 * HOUR_MS }),
    callsOf(50, { version: '43', memoryMb: 2048, firstMs: 19 * HOUR_MS, lastMs: 30 * DAY_MS }),
  ];
  expect(withoutExperiments(rows)).toEqual(rows);
});

test('a version that served for more than a day is traffic, whatever ran beside it', () => {
  const served = callsOf(100, { version: '40', memoryMb: 512, firstMs: 0, lastMs: 9 * DAY_MS });
  const at = { firstMs: DAY_MS, lastMs: DAY_MS + HOUR_MS };
  const rows = [
    served,
    callsOf(400, { version: '41', memoryMb: 128, ...at }),
    callsOf(50, { version: '42', memoryMb: 1024, ...at }),
    callsOf(50, { version: '43', memoryMb: 2048, ...at }),
  ];
  expect(withoutExperiments(rows)).toEqual([served]);
});

const WINDOW = { sinceMs: 0, untilMs: 14 * DAY_MS };

test('a log that begins late, with many calls since, covers the time since its first call', () => {
  // e^(−700 × 7 ÷ 7) is no chance: the group keeps a week.
  const rows = [callsOf(100, { count: 700, firstMs: 7 * DAY_MS, lastMs: 14 * DAY_MS })];
  expect(coveredWindow(rows, WINDOW)).toEqual({ sinceMs: 7 * DAY_MS, untilMs: 14 * DAY_MS });
});

test('a few calls whose first came late tell nothing of the log', () => {
  // e^(−3 × 7 ÷ 7) = 5 %.
  const rows = [callsOf(100, { count: 3, firstMs: 7 * DAY_MS, lastMs: 13 * DAY_MS })];
  expect(coveredWindow(rows, WINDOW)).toEqual(WINDOW);
  expect(coveredWindow([callsOf(100, { firstMs: null })], WINDOW)).toEqual(WINDOW);
});
