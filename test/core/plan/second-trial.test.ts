import { expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import type { SettledInput } from '../../../src/contract/tune/settled-input.ts';
import type { Trial } from '../../../src/contract/tune/trial.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { mostInvocationsOfRun, planRun } from '../../../src/core/plan/plan-run.ts';
import type { PlanDecision } from '../../../src/core/plan/plan.ts';
import { ready, settled, using, warm } from '../observed.ts';

const TARGET = { memoryMb: 512, timeoutSeconds: 30 };
const FAILED: Trial = { ...using(512, 64), outcome: 'error', failed: true };

function planAfter(
  input: SettledInput,
  roundsDone: number,
  observations: readonly Observation[],
  trial: Trial = FAILED,
): PlanDecision {
  return planRun({
    input,
    target: TARGET,
    variants: ready(...observations.map(({ memoryMb }) => memoryMb)),
    observations,
    trial,
    roundsDone,
    spentUsd: 0,
    prices: pricesOf('us-east-1', 'arm64'),
    ephemeralStorageMb: 512,
  });
}

const LISTED = settled({ memorySizes: [256, 512, 1024], invocations: 3 });

it('one invocation of the largest size is planned where a trial failed', () => {
  expect(planAfter(LISTED, 0, [])).toMatchObject({
    kind: 'measure',
    round: { number: 1, sizes: [{ memoryMb: 1024, warm: 1, cold: 0 }] },
    reason: { code: 'larger-than-trial', trialMb: 512, memoryMb: 1024 },
  });
  expect(planAfter(settled(), 0, [])).toMatchObject({
    round: { sizes: [{ memoryMb: 3008, warm: 1, cold: 0 }] },
  });
});

it('the second trial is one of the invocations that the input asks for, so that no more are made than announced', () => {
  const second = planAfter(LISTED, 1, [warm(1024, 20)]);
  expect(second).toMatchObject({
    round: {
      number: 2,
      sizes: [
        { memoryMb: 256, warm: 3, cold: 0 },
        { memoryMb: 512, warm: 3, cold: 0 },
        { memoryMb: 1024, warm: 2, cold: 0 },
      ],
    },
  });
  // Three of each, and three more where all of them were cold.
  expect(mostInvocationsOfRun(LISTED, TARGET)).toBe(18);
  expect(planAfter(LISTED, 2, [warm(1024, 20)])).toMatchObject({ kind: 'enough' });
  const once = settled({ memorySizes: [1024], invocations: 1 });
  expect(planAfter(once, 1, [warm(1024, 20)])).toMatchObject({ kind: 'enough' });
});

it('the second trial counts as a cold start where nothing else is wanted', () => {
  const onlyCold = settled({ memorySizes: [512, 1024], coldStarts: 4, onlyColdStarts: true });
  expect(planAfter(onlyCold, 0, [])).toMatchObject({
    round: { sizes: [{ memoryMb: 1024, warm: 1, cold: 0 }] },
  });
  expect(planAfter(onlyCold, 1, [warm(1024, 20)])).toMatchObject({
    round: {
      sizes: [
        { memoryMb: 512, warm: 0, cold: 4 },
        { memoryMb: 1024, warm: 0, cold: 3 },
      ],
    },
  });
});

it('a run goes on as any other where no larger size is left, or the second trial could not be made', () => {
  const smaller = settled({ memorySizes: [256, 512], invocations: 3 });
  expect(planAfter(smaller, 0, [])).toMatchObject({ round: { sizes: [{ warm: 3 }, { warm: 3 }] } });
  expect(planAfter(smaller, 1, [])).toMatchObject({ kind: 'enough' });
  expect(planAfter(LISTED, 1, [])).toMatchObject({
    round: { number: 2, sizes: [{ warm: 3 }, { warm: 3 }, { warm: 3 }] },
  });
});

it('an error that the input allows is no failed trial', () => {
  expect(
    planAfter(LISTED, 0, [], { ...FAILED, failed: undefined } as unknown as Trial),
  ).toMatchObject({
    round: { sizes: [{ warm: 3 }, { warm: 3 }, { warm: 3 }] },
  });
});
