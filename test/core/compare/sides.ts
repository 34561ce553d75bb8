import { ONLY_LOOK } from '../../../src/core/compare/alpha-spending.ts';
import type { CheckObservation, CheckRule, SideFacts } from '../../../src/contract/check/check.ts';
import type { Side } from '../../../src/core/compare/side-sample.ts';

export const FACTS: SideFacts = {
  function: 'orders',
  version: '41',
  timeoutSeconds: 10,
  ephemeralStorageMb: 512,
  key: {
    architecture: 'arm64',
    region: 'eu-west-1',
    memoryMb: 1024,
    runtime: 'nodejs24.x',
    layers: [],
    emulation: null,
    toolSchema: 1,
    payloads: null,
  },
};

export function observed(part: Partial<CheckObservation> = {}): CheckObservation {
  return {
    environment: 0,
    memoryMb: 1024,
    durationMs: 100,
    billedMs: Math.ceil(part.durationMs ?? 100),
    initMs: null,
    maxMemoryUsedMb: 80,
    cold: false,
    outcome: 'ok',
    payload: 0,
    atMs: 0,
    ...part,
  };
}

/**
 * A side of so many environments, each with a cold start and then these warm durations.
 *
 * @param scale of each environment: what its invocations share
 */
export function sideOf(
  warmMs: readonly number[],
  options: { readonly scale?: readonly number[]; readonly facts?: SideFacts } = {},
): Side {
  const { scale = [1, 1, 1, 1, 1, 1, 1, 1], facts = FACTS } = options;
  const observations = scale.flatMap((factor, environment) => [
    observed({ environment, cold: true, initMs: 150, durationMs: 900, billedMs: 1050, atMs: 0 }),
    ...warmMs.map((ms, index) =>
      observed({
        environment,
        durationMs: ms * factor,
        billedMs: Math.ceil(ms * factor),
        atMs: 1 + index,
      }),
    ),
  ]);
  return { facts, observations };
}

export function regression(metric: CheckRule['metric'], limit = 0.05): CheckRule {
  return { kind: 'regression', metric, bound: 'max', limit, level: 'error' };
}

export function budget(
  metric: CheckRule['metric'],
  bound: 'max' | 'min',
  limit: number,
): CheckRule {
  return { kind: 'budget', metric, bound, limit, level: 'error' };
}

export const JUDGING = {
  comparisons: 2,
  falseAlarmRate: 0.01,
  shareOfLook: ONLY_LOOK,
  driftSpread: 0,
} as const;
