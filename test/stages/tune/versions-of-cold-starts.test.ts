import { expect, test } from 'vitest';
import type { Round, Run } from '../../../src/contract/tune/state.ts';
import type { Target } from '../../../src/contract/tune/target.ts';
import type { SettledInput } from '../../../src/contract/tune/settled-input.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { mostVersionsOfRun } from '../../../src/core/plan/plan-run.ts';
import { refuseLargeState } from '../../../src/stages/tune/inspect/refuse-large-state.ts';
import { refuseLongHistory } from '../../../src/stages/tune/inspect/refuse-long-history.ts';
import { priceSnapStart, snapStartUsd } from '../../../src/stages/tune/inspect/snap-start.ts';
import { leaseUntil } from '../../../src/stages/target/lease.ts';

/** 11,561 MB together. */
const SIZES = [128, 512, 1024, 1769, 3008, 5120];
const TARGET = {
  functionName: 'orders',
  memoryMb: 512,
  runtime: 'python3.13',
  snapStart: true,
  ephemeralStorageMb: 512,
} as Target;

function input(given: Partial<SettledInput>): SettledInput {
  return {
    memorySizes: SIZES,
    invocations: 10,
    onlyColdStarts: false,
    coldStarts: 0,
    concurrency: 8,
    pauseMs: 0,
    measureTimeoutSeconds: 60,
    maxUsd: 1,
    payloads: [],
    ...given,
  } as unknown as SettledInput;
}

function round(cold: number): Round {
  return { number: 1, sizes: SIZES.map((memoryMb) => ({ memoryMb, warm: 0, cold })) };
}

// 100 cold starts, 8 at once: 13 versions of each size.

test('snapshots are priced for every version', () => {
  // 11,561 MB ÷ 1,024 × 3 h × 3,600 s × 0.0000015046 USD = 0.1835 USD for one version of each size
  expect(snapStartUsd(TARGET, round(0), 8)).toBeCloseTo(0.1835, 4);
  expect(snapStartUsd(TARGET, round(100), 8)).toBeCloseTo(13 * 0.18346, 3);
  expect(() => priceSnapStart(TARGET, round(100), input({ coldStarts: 100 }))).toThrow(
    /78 versions cost at least 2.38 USD/,
  );
});

function history(target: Target, settled: SettledInput): () => void {
  const run: Run = { id: 'r', executionArn: 'arn:aws:states:x', startedAt: '' };
  const most = {
    memorySizes: SIZES,
    mostVersions: mostVersionsOfRun(settled, target),
    mostInvocations: 6 * (10 + settled.coldStarts),
  };
  return () => {
    refuseLongHistory(run, settled, target, pricesOf('us-east-1', 'arm64', 512), most);
  };
}

test('every version takes its part of the history', () => {
  // (25,000 - 1,650 - 7) ÷ 9 events for its update and each of 41 looks at a version with SnapStart
  const snapshots = input({ coldStarts: 100, concurrency: 1, maxUsd: 50 });
  expect(history(TARGET, snapshots)).toThrow(/need 600 versions in all.*at most 61 versions/);
  expect(history(TARGET, input({ coldStarts: 100, concurrency: 10, maxUsd: 50 }))).not.toThrow();
  // Its update and two waits for that of any other
  const plain = { ...TARGET, snapStart: false };
  const cold = input({ coldStarts: 300, concurrency: 1, maxUsd: 50 });
  expect(history(plain, cold)).toThrow(/need 1806 versions in all.*at most 864 versions/);
  expect(history(plain, input({ coldStarts: 300, concurrency: 8, maxUsd: 50 }))).not.toThrow();
});

test('an embedded run claims the function until every version can be there', () => {
  const run: Run = { id: 'r', executionArn: 'embedded:r', startedAt: '2026-11-21T12:00:00.000Z' };
  const nowMs = Date.parse(run.startedAt);
  const until = (target: Target, settled: SettledInput, cold: number): string =>
    leaseUntil(run, settled, target, round(cold), nowMs, 86_400);
  const plain = { ...TARGET, snapStart: false };
  // No invocations: 6 versions of 30 s, 300 s until all are active, and 600 s.
  expect(until(plain, input({}), 0)).toBe('2026-11-21T12:18Z');
  // 600 invocations, 8 at once, of 60 s: 4,500 s; 78 versions of 30 s: 2,340 s; 300 s and 600 s.
  expect(until(plain, input({}), 100)).toBe('2026-11-21T14:09Z');
  // A pause of 60 s after each: 4,500 s more.
  expect(until(plain, input({ pauseMs: 60_000 }), 100)).toBe('2026-11-21T15:24Z');
  // 6 snapshots of 30 minutes on top of 6 versions of 30 s, and 600 s.
  expect(until(TARGET, input({}), 0)).toBe('2026-11-21T15:13Z');
});

test('versions, observations and payloads must fit into a state together', () => {
  const raw = { function: 'orders', payload: 'x'.repeat(65_000) };
  const most = { mostSizes: 46, mostVersions: 46, mostInvocations: 8000, triggers: [] };
  expect(() => {
    refuseLargeState(raw, input({}), most);
  }).not.toThrow();
  expect(() => {
    refuseLargeState(raw, input({}), { ...most, mostVersions: 900 });
  }).toThrow(/900 versions and 8000 invocations.*payloadS3.*larger concurrency/);
  // The result tells every trigger: some 150 bytes each.
  const triggers = Array.from({ length: 500 }, (_, index) => ({
    source: 'sns' as const,
    arn: `arn:aws:sns:eu-west-1:123456789012:topic-${index}`,
    unqualified: false,
    visibilityTimeoutSeconds: null,
    batchingWindowSeconds: null,
  }));
  expect(() => {
    refuseLargeState(raw, input({}), { ...most, triggers });
  }).toThrow(/wanted/);
});
