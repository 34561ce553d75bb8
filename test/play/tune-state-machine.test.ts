import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import {
  type LambdaEndpointOptions,
  startStepFunctionsEndpoint,
  type StepFunctionsEndpoint,
} from '../../src/emulator/index.ts';
import { tuneStateMachine } from '../../src/play/tune-state-machine.ts';
import {
  embeddedTarget,
  snapshot,
  TARGET_NAME,
  type EmbeddedTarget,
} from '../flow/embedded-target.ts';
import { statesClient } from '../emulator/step-functions/states-fixture.ts';

let target: EmbeddedTarget;
let states: StepFunctionsEndpoint;
let client: SFNClient;

afterEach(async () => {
  client.destroy();
  await states.close();
  await target.close();
});

async function open(endpoint: LambdaEndpointOptions = {}): Promise<unknown> {
  target = await embeddedTarget({ endpoint });
  const offer = tuneStateMachine({
    lambdaUrl: target.url,
    region: 'eu-west-1',
    cpuOf: (name) => (name === TARGET_NAME ? 'recorded' : null),
  });
  states = await startStepFunctionsEndpoint({ stateMachines: [offer], region: 'eu-west-1' });
  client = statesClient(states.url);
  return snapshot(target.deps);
}

async function start(input: unknown): Promise<string> {
  const [stateMachineArn] = states.stateMachineArns;
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'run-1', input: JSON.stringify(input) }),
  );
  return executionArn;
}

async function waitForEnd(executionArn: string): Promise<DescribeExecutionCommandOutput> {
  for (;;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return described;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Resolves when the history has an event of a state's task of this type. */
async function waitForEvent(executionArn: string, stateName: string, times = 1): Promise<void> {
  for (;;) {
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
    );
    const entered = events.filter(
      ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === stateName,
    );
    if (entered.length >= times) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const INPUT = { function: TARGET_NAME, memorySizes: [128, 512, 1769], invocations: 10, seed: 7 };

test('an execution tunes the function and leaves it as it was', async () => {
  const before = await open();
  const { status, output } = await waitForEnd(await start(INPUT));
  expect(status).toBe('SUCCEEDED');
  const result = JSON.parse(output ?? '') as Result;
  expect(result).toMatchObject({
    emulated: true,
    emulation: { cpu: 'recorded' },
    verdict: 'change',
    recommendation: { memoryMb: 1769 },
    spent: { invocations: 34 },
  });
  expect(await snapshot(target.deps)).toEqual(before);
});

test('an input that names a function alone is enough', async () => {
  await open();
  const { status, output } = await waitForEnd(await start({ function: TARGET_NAME, dryRun: true }));
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output ?? '')).toMatchObject({ dryRun: true });
});

test('a wrong input fails in the first state, with all problems in the cause', async () => {
  const before = await open();
  const described = await waitForEnd(
    await start({ function: TARGET_NAME, memorySizes: [64], invocation: 10 }),
  );
  expect(described).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  expect(described.cause).toContain('memorySizes[0]');
  expect(described.cause).toContain('"invocations"');
  await states.close();
  expect(await snapshot(target.deps)).toEqual(before);
});

test.each([
  ['SetMemory', 2],
  ['Restore', 1],
  ['Measure', 1],
] as const)(
  'the rule puts the function back of an execution that is stopped in %s (visit %i)',
  async (state, visit) => {
    const before = await open({ updateDelayMs: 60, publishDelayMs: 60 });
    const arn = await start({ ...INPUT, invocations: 100 });
    await waitForEvent(arn, state, visit);
    await client.send(new StopExecutionCommand({ executionArn: arn }));
    expect((await waitForEnd(arn)).status).toBe('ABORTED');
    // Closing waits for what follows the end.
    await states.close();
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test('a second run gives way to the first', async () => {
  await open({ updateDelayMs: 60, publishDelayMs: 60 });
  const first = await start(INPUT);
  await waitForEvent(first, 'Restore');
  const [stateMachineArn] = states.stateMachineArns;
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'run-2', input: JSON.stringify(INPUT) }),
  );
  expect(await waitForEnd(executionArn)).toMatchObject({ status: 'FAILED', error: 'TargetLocked' });
  expect((await waitForEnd(first)).status).toBe('SUCCEEDED');
});

test('the definition is the one that is deployed, with functions in place of placeholders', async () => {
  await open();
  const [stateMachineArn] = states.stateMachineArns;
  const { definition = '' } = await client.send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  expect(definition).not.toContain('${');
  expect(definition).toContain(
    'arn:aws:lambda:eu-west-1:123456789012:function:powerdial-SetMemory',
  );
});
