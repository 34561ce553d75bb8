import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { snapshot, TARGET_NAME } from '../flow/embedded-target.ts';
import { deployedWorkflow, type Deed, type DeployedWorkflow } from './deployed-workflow.ts';
import { lambdaContext } from './lambda-context.ts';

const INPUT = { function: TARGET_NAME, memorySizes: [128, 1769], invocations: 4, seed: 7 };
const TEN_MINUTES_MS = 10 * 60_000;

// A whole run each, and others may want the processor too.
vi.setConfig({ testTimeout: 180_000 });

let workflow: DeployedWorkflow | null = null;

beforeAll(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

afterEach(async () => {
  await workflow?.close();
  workflow = null;
});

async function open(
  ...options: Parameters<typeof deployedWorkflow>
): Promise<DeployedWorkflow & { readonly before: unknown }> {
  workflow = await deployedWorkflow(...options);
  return { ...workflow, before: await snapshot(workflow.target.deps) };
}

/** The schedule calls. */
async function sweep({ handlers, stateMachineArn }: DeployedWorkflow, seconds = 55): Promise<void> {
  await handlers.CleanUp(
    { sweep: { stateMachineArn } },
    lambdaContext('powerdial-CleanUp', seconds),
  );
}

/** A run that was stopped right after its first change, and whose end nobody was told. */
async function loseEvent(deployed: DeployedWorkflow, name = 'dead'): Promise<void> {
  await deployed.runUntil('lambda:PublishVersion', name, INPUT);
  deployed.letPass(TEN_MINUTES_MS);
}

function actionsSince({ deeds }: DeployedWorkflow, from: number): readonly string[] {
  return deeds.slice(from).map((deed: Deed) => deed.action);
}

test('a run that was stopped and whose event was lost is cleaned up after by the next sweep', async () => {
  const deployed = await open();
  await loseEvent(deployed);
  expect(await snapshot(deployed.target.deps)).not.toEqual(deployed.before);
  await sweep(deployed);
  expect(await snapshot(deployed.target.deps)).toEqual(deployed.before);
});

test('a sweep after the rule has cleaned up costs one list for each way to end, and a look at the execution, its function and the queries under way', async () => {
  const deployed = await open();
  const { executionArn } = await deployed.runUntil('lambda:PublishVersion', 'dead', INPUT);
  const event = { source: 'aws.states', detail: { executionArn, status: 'ABORTED' } };
  await deployed.handlers.CleanUp(event, lambdaContext('CleanUp'));
  deployed.letPass(TEN_MINUTES_MS);
  const from = deployed.deeds.length;
  await sweep(deployed);
  expect(actionsSince(deployed, from)).toEqual([
    'states:ListExecutions',
    'states:ListExecutions',
    'states:ListExecutions',
    'states:DescribeExecution',
    'lambda:ListVersionsByFunction',
    'logs:DescribeQueries',
    'logs:DescribeQueries',
  ]);
});

test('runs of one function are looked at together: it is listed once', async () => {
  const deployed = await open();
  const wrong = { ...INPUT, memorySizes: [1] };
  for (const name of ['one', 'two', 'three']) await deployed.run(name, wrong);
  deployed.letPass(TEN_MINUTES_MS);
  const from = deployed.deeds.length;
  await sweep(deployed);
  const actions = actionsSince(deployed, from);
  expect(actions.filter((each) => each === 'states:DescribeExecution')).toHaveLength(3);
  expect(actions.filter((each) => each.startsWith('lambda:'))).toEqual([
    'lambda:ListVersionsByFunction',
  ]);
});

test('in its first five minutes the end of a run is left to the rule', async () => {
  const deployed = await open();
  await deployed.runUntil('lambda:PublishVersion', 'dead', INPUT);
  const from = deployed.deeds.length;
  await sweep(deployed);
  expect(actionsSince(deployed, from)).toEqual(Array(3).fill('states:ListExecutions'));
});

test('a sweep and the rule may clean up at the same time', async () => {
  const deployed = await open();
  await loseEvent(deployed);
  const executionArn = `${deployed.stateMachineArn.replace(':stateMachine:', ':execution:')}:dead`;
  const event = { source: 'aws.states', detail: { executionArn, status: 'ABORTED' } };
  await Promise.all([sweep(deployed), deployed.handlers.CleanUp(event, lambdaContext('CleanUp'))]);
  expect(await snapshot(deployed.target.deps)).toEqual(deployed.before);
});

test('a sweep leaves a living run alone, whose journal stands on the function of a dead one', async () => {
  let sweepNow: (() => Promise<void>) | null = null;
  const deployed = await open({}, (stage, { operation }) => {
    if (sweepNow === null || stage !== 'SetMemory' || operation !== 'PublishVersion') {
      return undefined;
    }
    const act = sweepNow;
    sweepNow = null;
    return { kind: 'act', when: 'after', act };
  });
  await loseEvent(deployed);
  sweepNow = () => sweep(deployed);
  expect(await deployed.run('living', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(sweepNow).toBeNull();
  expect(await snapshot(deployed.target.deps)).toEqual(deployed.before);
});

test('what somebody changed after the run died stays theirs', async () => {
  const deployed = await open();
  await loseEvent(deployed);
  await deployed.target.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, MemorySize: 2048 }),
  );
  await sweep(deployed);
  const left = await deployed.target.deps.readConfiguration({ functionName: TARGET_NAME });
  expect(left).toMatchObject({ memoryMb: 2048, timeoutSeconds: 30, description: 'takes orders' });
  expect(await deployed.target.deps.listVersions(TARGET_NAME)).toEqual([]);
});

test('a sweep begins nothing when its time is nearly over', async () => {
  const deployed = await open();
  await loseEvent(deployed);
  const from = deployed.deeds.length;
  await sweep(deployed, 10);
  expect(actionsSince(deployed, from)).toEqual(Array(3).fill('states:ListExecutions'));
});

test('what could not be cleaned up after fails the sweep, by the execution’s name, and is found again', async () => {
  let broken = true;
  const deployed = await open({}, (stage, { operation }) =>
    broken && stage === 'CleanUp' && operation === 'UpdateFunctionConfiguration'
      ? { kind: 'answer', status: 400, code: 'InvalidParameterValueException', message: 'no' }
      : undefined,
  );
  await loseEvent(deployed);
  await expect(sweep(deployed)).rejects.toMatchObject({
    name: 'NotPutBack',
    message: expect.stringMatching(/:dead: .*powerdial restore/) as string,
  });
  broken = false;
  // The failed call comes back by way of the dead-letter queue, when somebody sends it again.
  const record = { requestPayload: { sweep: { stateMachineArn: deployed.stateMachineArn } } };
  const message = { eventSource: 'aws:sqs', body: JSON.stringify(record) };
  await deployed.handlers.CleanUp({ Records: [message] }, lambdaContext('CleanUp'));
  expect(await snapshot(deployed.target.deps)).toEqual(deployed.before);
});
