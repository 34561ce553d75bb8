import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckStageInput } from '../../../src/contract/check/check-stages.ts';
import { checkInputSchema } from '../../../src/contract/check/check-stages.ts';
import { unpackSides } from '../../../src/stages/check/check-codec.ts';
import { inspectSides } from '../../../src/stages/check/inspect-sides.ts';
import { measureSides } from '../../../src/stages/check/measure-sides.ts';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from '../../flow/embedded-target.ts';
import { spreadHost } from '../../flow/spread-host.ts';

const RUN = {
  id: 'check-1',
  executionArn: 'embedded:check-1',
  startedAt: new Date().toISOString(),
};
const SOURCE = checkInputSchema.parse({
  base: { function: TARGET_NAME },
  head: { function: TARGET_NAME },
});

let target: EmbeddedTarget;
let state: CheckStageInput<'Measure'>;

beforeEach(async () => {
  target = await embeddedTarget({ definition: { host: spreadHost(100), timeoutSeconds: 60 } });
  const inspected = await inspectSides({ run: RUN, source: SOURCE }, deps(), {
    remainingMs: () => 900_000,
  });
  const look = { number: 1, invocationsPerSide: 24, environmentsPerSide: 8 };
  state = { ...inspected, source: SOURCE, look, lostCalls: 0 };
});

afterEach(async () => {
  await target.close();
});

function deps() {
  return {
    ...target.deps,
    readExecutionStatus: () => Promise.resolve(null),
    now: Date.now,
    sleep: () => Promise.resolve(),
    onCheckProgress: () => undefined,
  };
}

/** Lambda's context, of which the time is nearly over once it has been asked so often. */
function nearlyOverAfter(asked: number): { readonly remainingMs: () => number } {
  let count = 0;
  return { remainingMs: () => (++count > asked ? 70_000 : 900_000) };
}

test('MeasureSides leaves to the next call what the time of this one is too short for, and loses nothing', async () => {
  const first = await measureSides(state, deps(), nearlyOverAfter(14));
  expect(first.done).toBe(false);
  const made = unpackSides(first.progress.observations);
  const counts = [made.base.length, made.head.length];
  // A 60 s function needs 75 s for its answer: nothing began once 70 s were left.
  expect(made.base.length + made.head.length).toBeGreaterThan(0);
  expect(made.base.length + made.head.length).toBeLessThan(48);
  expect(first.progress.sent).toBeLessThanOrEqual(Math.min(...counts));
  const rest = await measureSides({ ...state, progress: first.progress }, deps(), {
    remainingMs: () => 900_000,
  });
  expect(rest.done).toBe(true);
  const all = unpackSides(rest.progress.observations);
  // Nothing twice: the announced maximum holds.
  expect([all.base.length, all.head.length]).toEqual([24, 24]);
  expect(rest.progress.spent.invocations).toBe(2 + all.base.length + all.head.length);
});

test('a call in which nothing can begin says so, and does not go round for ever', async () => {
  await expect(measureSides(state, deps(), nearlyOverAfter(0))).rejects.toMatchObject({
    name: 'TargetBusy',
  });
});

test('Measure of a check begins nothing in an execution that has ended', async () => {
  const asked: string[] = [];
  const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:powerdial-check:check-1';
  const stopped = {
    ...deps(),
    readExecutionStatus: (arn: string) => {
      asked.push(arn);
      return Promise.resolve(asked.length > 1 ? 'ABORTED' : 'RUNNING');
    },
    // Each look at the clock is a minute later: every question that may be asked is.
    now: laterEachTime(60_000),
  };
  const ran = { ...state, run: { ...RUN, executionArn } };
  const { progress } = await measureSides(ran, stopped, { remainingMs: () => 900_000 });
  const made = unpackSides(progress.observations);
  // One block of eight invocations on each side, and then the second answer.
  expect([made.base.length, made.head.length]).toEqual([8, 8]);
  expect(asked).toEqual([executionArn, executionArn]);
});

function laterEachTime(stepMs: number): () => number {
  let nowMs = Date.now();
  return () => (nowMs += stepMs);
}
