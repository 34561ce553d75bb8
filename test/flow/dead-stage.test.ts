import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { STAGES, type StageName } from '../../src/contract/tune/stages.ts';
import { playWorkflow, type WorkflowOutcome } from '../../src/emulator/index.ts';
import { stageTasks } from '../../src/play/stage-tasks.ts';
import { workflowDefinition } from '../../src/play/workflow-definition.ts';
import { tuneStages } from '../../src/stages/tune/tune-stages.ts';
import { TUNE } from '../../src/contract/tune/workflow.ts';
import { FUNCTION_ENDED } from '../contract/died-names.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

const INPUT = { function: TARGET_NAME, memorySizes: [128, 1769], invocations: 4, seed: 7 };

let target: EmbeddedTarget;
let before: unknown;

beforeEach(async () => {
  target = await embeddedTarget();
  before = await snapshot(target.deps);
});

afterEach(async () => {
  await target.close();
});

/** A run in which a stage dies at one of its calls, before or after its work. Retries wait for nothing. */
async function runWithDeath(
  stage: StageName,
  error: string,
  when: 'before' | 'after',
  input: object = INPUT,
  deadly = 1,
): Promise<WorkflowOutcome> {
  const clock = new HurriedClock();
  const { tasks } = stageTasks(tuneStages, { ...target.deps, onProgress: () => undefined }, clock);
  const { resource } = STAGES[stage];
  const carryOut = tasks[resource];
  let calls = 0;
  return await playWorkflow({
    definition: workflowDefinition(TUNE),
    input: input as typeof INPUT,
    tasks: {
      ...tasks,
      [resource]: async (input, context) => {
        calls += 1;
        if (calls !== deadly) return (await carryOut?.(input, context)) ?? null;
        if (when === 'after') await carryOut?.(input, context);
        throw Object.assign(new Error('RequestId: 1 Error: signal: killed'), { name: error });
      },
    },
    execution: { name: 'run-1', id: 'embedded:run-1' },
    clock,
  });
}

test.each(FUNCTION_ENDED)(
  'a slice of Measure that died of %s is lost, and the run goes on',
  async (error) => {
    const outcome = await runWithDeath('Measure', error, 'after');
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
    const { sizes, spent } = (outcome as { output: unknown }).output as Result;
    expect(sizes.map(({ outcome: each }) => each)).toEqual(['measured', 'measured']);
    expect(spent.invocations).toBeGreaterThanOrEqual(8);
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test.each(FUNCTION_ENDED)(
  'a ReadHistory that died of %s costs the run nothing but what production did, which is said',
  async (error) => {
    const input = { ...INPUT, history: { days: 14 } };
    const outcome = await runWithDeath('ReadHistory', error, 'after', input);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
    const { history, sizes, warnings } = (outcome as { output: unknown }).output as Result;
    expect(history).toBeNull();
    expect(sizes.map(({ outcome: each }) => each)).toEqual(['measured', 'measured']);
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'history-unread', reason: 'stage-died', detail: error }),
    );
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test('a ReadHistory that died after it had started its count leaves no query under way', async () => {
  await target.close();
  target = await embeddedTarget({ endpoint: { queries: { chunkDelayMs: 3_600_000 } } });
  const line = Buffer.from('START RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2bf\n');
  target.addLog({
    group: `/aws/lambda/${TARGET_NAME}`,
    stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
    atMs: Date.now() - 3_600_000,
    size: line.length,
    read: () => line,
  });
  // Its first call starts the estimate, its second the count.
  const input = { ...INPUT, history: { days: 14 } };
  const outcome = await runWithDeath('ReadHistory', 'Runtime.ExitError', 'after', input, 2);
  // What the count had read when it was stopped, nobody knows.
  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { spent: { history: null } } });
  expect(await target.deps.listQueriesUnderWay()).toEqual([]);
});

test.each(FUNCTION_ENDED)(
  'Restore is repeated where it died of %s, for it is safe to repeat',
  async (error) => {
    for (const when of ['before', 'after'] as const) {
      expect(await runWithDeath('Restore', error, when), when).toMatchObject({
        status: 'SUCCEEDED',
      });
      expect(await snapshot(target.deps), when).toEqual(before);
    }
  },
);

test.each(FUNCTION_ENDED)(
  'a SetMemory that died of %s is not repeated, and the target is as it was',
  async (error) => {
    expect(await runWithDeath('SetMemory', error, 'after')).toMatchObject({
      status: 'FAILED',
      // A workflow may not report a name that begins with States.
      error: error === 'States.Timeout' ? 'StageTimedOut' : error,
    });
    expect(await snapshot(target.deps)).toEqual(before);
  },
);
