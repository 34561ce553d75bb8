import { expect, test } from 'vitest';
import type { EnvironmentKey } from '../../../src/contract/check/check.ts';
import { compareEnvironments } from '../../../src/core/compare/environment-key.ts';
import { busyOf, loadBetween } from '../../../src/core/compare/machine-load.ts';
import { judgementReasonText } from '../../../src/words/reasons/judgement-reason.ts';
import { FACTS } from './sides.ts';

const EPYC = { processor: 'AMD EPYC 7763', cores: 4, cpus: 4 };
const LOCAL: EnvironmentKey = { ...FACTS.key, emulation: 'cgroup-v2', machine: EPYC };

test('a baseline of a machine with the same processor can be compared', () => {
  expect(compareEnvironments(LOCAL, { ...LOCAL, machine: { ...EPYC } }, 'cost')).toBeNull();
});

test.each([
  [
    'another processor',
    { ...EPYC, processor: 'Intel Xeon 8370C' },
    /AMD EPYC 7763 .* then, Intel Xeon/,
  ],
  ['another number of cores', { ...EPYC, cores: 8 }, /4 cores\) then, .*8 cores, 4 to use\) now/],
  ['a smaller share of them', { ...EPYC, cpus: 1.5 }, /4 cores, 1\.5 to use\) now/],
  ['a machine that is not told', null, /then, unknown now/],
])('%s is another environment', (_, machine, words) => {
  const found = compareEnvironments(LOCAL, { ...LOCAL, machine }, 'duration.p50');
  expect(found).not.toBeNull();
  expect(judgementReasonText(found ?? { code: 'no-samples' })).toMatch(words);
});

test('two local baselines that both do not tell their machine cannot be compared', () => {
  const { machine: _, ...untold } = LOCAL;
  expect(compareEnvironments(untold, untold, 'init.p50')).not.toBeNull();
});

test.each(['errors', 'memory.used', 'memory.headroom'] as const)(
  '%s can be compared whatever machine it was measured on, because speed is no part of it',
  (metric) => {
    const other = { ...LOCAL, machine: { ...EPYC, processor: 'Intel Xeon 8370C' } };
    expect(compareEnvironments(LOCAL, other, metric)).toBeNull();
    expect(compareEnvironments(LOCAL, { ...LOCAL, machine: null }, metric)).toBeNull();
    const larger = { ...LOCAL, memoryMb: 2048 };
    expect(compareEnvironments(LOCAL, larger, metric)?.differences).toMatchObject([
      { field: 'memoryMb' },
    ]);
  },
);

test('no machine is asked for on AWS and with recorded functions', () => {
  expect(compareEnvironments(FACTS.key, FACTS.key, 'cost')).toBeNull();
  const recorded = { ...FACTS.key, emulation: 'recorded' };
  expect(compareEnvironments(recorded, recorded, 'cost')).toBeNull();
});

const NOTHING = {
  allTicks: 0,
  idleTicks: 0,
  stealTicks: 0,
  ownTicks: 0,
  load: 1,
  periods: 0,
  throttledPeriods: 0,
};

test.each([
  ['idle but for the check', { idleTicks: 600, ownTicks: 350 }, null],
  ['full of the check alone', { idleTicks: 10, ownTicks: 900 }, null],
  ['half used by others, with room left', { idleTicks: 400, ownTicks: 100 }, null],
  ['full, and others use half of it', { idleTicks: 20, ownTicks: 480 }, { othersShare: 0.5 }],
  ['robbed by its host', { idleTicks: 500, stealTicks: 60, ownTicks: 300 }, { stealShare: 0.06 }],
  [
    'throttled by its control group',
    { idleTicks: 800, ownTicks: 100, periods: 100, throttledPeriods: 25 },
    { throttledShare: 0.25 },
  ],
])('a machine that is %s', (_, counters, busy) => {
  const load = loadBetween(NOTHING, { ...NOTHING, allTicks: 1000, ...counters });
  if (load === null) throw new Error('no time has passed');
  const found = busyOf(load);
  if (busy === null) expect(found).toBeNull();
  else expect(found).toMatchObject(busy);
  expect(load.tooBusy).toBe(busy !== null);
});

test('counters that stand still tell nothing', () => {
  expect(loadBetween(NOTHING, NOTHING)).toBeNull();
});
