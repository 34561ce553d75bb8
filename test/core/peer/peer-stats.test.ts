import { expect, test } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { peerStats } from '../../../src/core/peer/peer-stats.ts';

function observed(
  memoryMb: number,
  durationMs: number,
  more: Partial<Observation> = {},
): Observation {
  return {
    memoryMb,
    durationMs,
    billedMs: Math.ceil(durationMs),
    initMs: null,
    maxMemoryUsedMb: 60,
    cold: false,
    outcome: 'ok',
    payload: 0,
    atMs: 0,
    ...more,
  };
}

const prices = pricesOf('us-east-1', 'x86_64');

test('a fifth is left out at each end: of five durations the middle three count', () => {
  const durations = [10, 20, 30, 40, 1000];
  const [row] = peerStats(
    durations.map((ms) => observed(1024, ms)),
    0.2,
    prices,
  );
  // (20 + 30 + 40) ÷ 3 = 30 ms; 0.030 s × 1 GB × 0.0000166667
  expect(row?.averageDuration).toBe(30);
  expect(row?.averagePrice).toBeCloseTo(0.03 * 1.66667e-5, 15);
});

test('a mean is not rounded up: the peer makes 3 ms of 2.2', () => {
  const [row] = peerStats(
    [2, 2, 2, 2, 3].map((ms) => observed(128, ms)),
    0,
    prices,
  );
  expect(row?.averagePrice).toBeCloseTo(0.0022 * 0.125 * 1.66667e-5, 16);
});

test('init is part of the duration, and failures of nothing', () => {
  const rows = peerStats(
    [
      observed(128, 10, { initMs: 90, billedMs: 100 }),
      observed(128, 1, { outcome: 'error' }),
      observed(256, 1, { outcome: 'timeout' }),
    ],
    0,
    prices,
  );
  expect(rows).toEqual([expect.objectContaining({ value: 128, averageDuration: 100 })]);
});
