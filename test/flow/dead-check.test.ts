import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHECK_STAGES } from '../../src/contract/check/check-stages.ts';
import { CHECK } from '../../src/contract/check/workflow.ts';
import { playWorkflow, type WorkflowOutcome } from '../../src/emulator/index.ts';
import { stageTasks } from '../../src/play/stage-tasks.ts';
import { workflowDefinition } from '../../src/play/workflow-definition.ts';
import { readCheckOutput, type CheckOutput } from '../../src/stages/check/check-codec.ts';
import { checkStages } from '../../src/stages/check/check-stages.ts';
import { CALL_LOST } from '../contract/died-names.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';
import { spreadHost } from './spread-host.ts';

let target: EmbeddedTarget;
let invoked = 0;

beforeEach(async () => {
  target = await embeddedTarget({ definition: { host: spreadHost(100), timeoutSeconds: 30 } });
});

afterEach(async () => {
  await target.close();
});

/** A check of the target against itself in which the first calls of Measure die once their work is done. */
async function checkWithDeaths(
  error: string,
  deaths: number,
  most = 48,
  exhaustive = false,
): Promise<WorkflowOutcome> {
  const clock = new HurriedClock();
  const world = {
    ...target.deps,
    invoke: async (...asked: Parameters<typeof target.deps.invoke>) => {
      invoked += 1;
      return await target.deps.invoke(...asked);
    },
    onCheckProgress: () => undefined,
  };
  const { tasks } = stageTasks(checkStages, world, clock);
  const { resource } = CHECK_STAGES.Measure;
  let calls = 0;
  invoked = 0;
  return await playWorkflow({
    definition: workflowDefinition(CHECK),
    input: {
      base: { function: TARGET_NAME },
      head: { function: TARGET_NAME },
      maxInvocations: most,
      exhaustive,
      seed: 3,
    },
    tasks: {
      ...tasks,
      [resource]: async (input, context) => {
        calls += 1;
        const answer = (await tasks[resource]?.(input, context)) ?? null;
        if (calls > deaths) return answer;
        throw Object.assign(new Error('RequestId: 1 Error: signal: killed'), { name: error });
      },
    },
    execution: { name: 'check-1', id: 'embedded:check-1' },
    clock,
  });
}

test.each(CALL_LOST)(
  'a check whose Measure died of %s goes on without what was lost',
  async (error) => {
    const before = await snapshot(target.deps);
    const outcome = await checkWithDeaths(error, 1);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
    const result = readCheckOutput((outcome as { output: unknown }).output as CheckOutput);
    const lost = result.warnings.find(({ code }) => code === 'measuring-died');
    expect(lost).toMatchObject({ calls: 1, invocations: expect.any(Number) as number });
    // What was lost is in no figure, and counts towards the most that was announced.
    const rows = result.observations.rows.length;
    expect(rows).toBeGreaterThan(0);
    expect(result.spent.invocations).toBe(
      2 + rows + (lost as unknown as { invocations: number }).invocations,
    );
    expect(invoked).toBeLessThanOrEqual(2 + 48);
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test('the third call of Measure that is lost ends a check with the error of that call', async () => {
  expect(await checkWithDeaths('Runtime.ExitError', 99, 40)).toMatchObject({
    status: 'FAILED',
    error: 'Runtime.ExitError',
  });
  expect(invoked).toBeLessThanOrEqual(2 + 40);
});

test('a check of which a lost call left nothing says so, and is no pass', async () => {
  const outcome = await checkWithDeaths('Runtime.OutOfMemory', 1, 20, true);
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'NothingMeasured' });
  expect((outcome as { cause: string }).cause).toMatch(
    /A call of Measure ended without an answer: up to 20 invocations count as made/,
  );
});
