import { expect, test } from 'vitest';
import type { CheckedFunction } from '../../src/contract/check/check.ts';
import type { Json } from '../../src/contract/shared/json.ts';
import { CHECK } from '../../src/contract/check/workflow.ts';
import { stageTasks } from '../../src/play/stage-tasks.ts';
import { workflowDefinition } from '../../src/play/workflow-definition.ts';
import { checkStages } from '../../src/stages/check/check-stages.ts';
import { playWorkflow, type WorkflowOutcome } from '../../src/emulator/index.ts';
import { readCheckOutput, type CheckOutput } from '../../src/stages/check/check-codec.ts';
import { embeddedTarget, TARGET_NAME } from './embedded-target.ts';
import { spreadHost } from './spread-host.ts';

/** Quota of Step Functions for a state's input and output. */
const STATE_BYTES = 256 * 1024;

interface Played {
  readonly outcome: WorkflowOutcome;
  /** The largest input, output or assignment of any state. */
  readonly largest: number;
  readonly events: number;
}

async function play(input: { readonly [key: string]: Json }): Promise<Played> {
  const host = spreadHost(100, { streams: 32, values: 5000 });
  const target = await embeddedTarget({ definition: { host } });
  const sizes: number[] = [];
  let events = 0;
  const outcome = await playWorkflow({
    definition: workflowDefinition(CHECK),
    input: {
      head: { function: TARGET_NAME },
      base: { function: TARGET_NAME, qualifier: '$LATEST' },
      ...input,
    },
    tasks: stageTasks(checkStages, { ...target.deps, onCheckProgress: () => undefined }).tasks,
    onEvent(event) {
      events = Math.max(events, event.id ?? 0);
      const of = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
      if (event.kind === 'state-entered' || event.kind === 'task-scheduled') {
        sizes.push(of(event.input));
      }
      if (event.kind === 'state-exited') sizes.push(of(event.output), of(event.assigned));
    },
  });
  await target.close();
  return { outcome, largest: Math.max(...sizes), events };
}

const payloads = (bytes: number): Json => [{ payload: 'x'.repeat(bytes), weight: 1 }];

test('the largest check allowed, 8,000 invocations, stays within what a state and a history may hold', async () => {
  const { outcome, largest, events } = await play({
    exhaustive: true,
    maxInvocations: 8000,
    maxUsd: 100,
    payloads: payloads(64 * 1024),
  });
  if (outcome.status !== 'SUCCEEDED') throw new Error(JSON.stringify(outcome));
  const result: CheckedFunction = readCheckOutput(outcome.output as unknown as CheckOutput);
  expect(result.observations.rows).toHaveLength(8000);
  expect(largest).toBeLessThan(STATE_BYTES);
  expect(events).toBeLessThan(25_000);
});

test('an input that would grow too large on the way is refused before anything is invoked', async () => {
  const { outcome } = await play({ maxInvocations: 8000, payloads: payloads(200_000) });
  expect(outcome).toMatchObject({
    status: 'FAILED',
    error: 'InvalidInput',
    cause: expect.stringContaining('wanted at most 149760 bytes of input') as unknown,
  });
});
