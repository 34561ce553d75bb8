import {
  CreateAliasCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { STAGE_PERMISSIONS } from '../../infra/stage-permissions.ts';
import type { Scope } from '../../infra/permission.ts';
import { writeJournal } from '../../src/core/journal/journal.ts';
import {
  type FunctionDefinition,
  type Intercept,
  readRecording,
  recordedHost,
} from '../../src/emulator/index.ts';
import { snapshot, TARGET_NAME } from '../flow/embedded-target.ts';
import {
  deployedWorkflow,
  QUEUE_ARN,
  type Deed,
  type DeployedWorkflow,
} from './deployed-workflow.ts';
import { lambdaContext } from './lambda-context.ts';
import { addLogLine, SLOW_QUERY } from './slow-query.ts';

const INPUT = { function: TARGET_NAME, memorySizes: [128, 1769], invocations: 4, seed: 7 };
const FUNCTION_ARN = `arn:aws:lambda:eu-west-1:123456789012:function:${TARGET_NAME}`;

/** Everything that was done in all tests of this file. */
const deeds: Deed[] = [];
let workflow: DeployedWorkflow | null = null;

beforeAll(() => {
  // Logs have tests of their own.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

afterEach(async () => {
  deeds.push(...(workflow?.deeds ?? []));
  await workflow?.close();
  workflow = null;
});

async function open(
  ...options: Parameters<typeof deployedWorkflow>
): Promise<DeployedWorkflow & { readonly before: unknown }> {
  workflow = await deployedWorkflow(...options);
  return { ...workflow, before: await snapshot(workflow.target.deps) };
}

/** An alias of the function as it is, as a user makes it. */
async function makeAlias({ target }: DeployedWorkflow, Name: string): Promise<void> {
  const published = await target.client.send(
    new PublishVersionCommand({ FunctionName: TARGET_NAME }),
  );
  await target.client.send(
    new CreateAliasCommand({
      FunctionName: TARGET_NAME,
      Name,
      FunctionVersion: published.Version,
    }),
  );
}

function recordedFunction(name: string): FunctionDefinition {
  const read = readRecording({ name, memory: { '128': { warmMs: [1] } } });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  return {
    name,
    host: recordedHost(read.recording, { seed: 1 }),
    memoryMb: 128,
    timeoutSeconds: 3,
    architecture: 'x86_64',
    runtime: 'nodejs22.x',
    region: 'eu-west-1',
  };
}

function denials(): readonly Deed[] {
  return (workflow?.deeds ?? []).filter((deed) => !deed.allowed);
}

test('a run needs no more than its stages may do', async () => {
  const { run, target, before } = await open();
  expect(await run('run-1', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run that reads a payload, triggers and queues, and calls a function before, needs no more than its stages may do', async () => {
  const deployed = await open({
    others: [recordedFunction('before')],
    definition: { eventSourceMappings: [{ eventSourceArn: QUEUE_ARN }] },
    endpoint: {
      objects: { 's3://events/order.json': '{"order":1}' },
      queues: [{ arn: QUEUE_ARN, visibilityTimeoutSeconds: 45 }],
    },
  });
  await makeAlias(deployed, 'live');
  const input = {
    ...INPUT,
    function: `${FUNCTION_ARN}:live`,
    payloadS3: 's3://events/order.json',
    preProcessor: 'before',
  };
  expect(await deployed.run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
});

test('a run that asks what production did, and stops its query, needs no more than its stages may do', async () => {
  const refused = {
    kind: 'answer',
    status: 400,
    code: 'InvalidParameterException',
    message: 'no.',
  } as const;
  const { run, deeds: done } = await open({}, (_, { operation, callOfOperation }) =>
    operation === 'GetQueryResults' && callOfOperation === 2 ? refused : undefined,
  );
  const input = { ...INPUT, history: { days: 14 } };
  expect(await run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(done.map(({ stage, action }) => `${stage} ${action}`)).toEqual(
    expect.arrayContaining(['ReadHistory logs:StartQuery', 'ReadHistory logs:StopQuery']),
  );
});

test('the clean-up of a run that was stopped at its query needs no more than it may do', async () => {
  const deployed = await open(SLOW_QUERY);
  addLogLine(deployed);
  const input = { ...INPUT, history: { days: 14 } };
  const { executionArn } = await deployed.runUntil('logs:GetQueryResults', 'dead', input);
  const event = { source: 'aws.states', detail: { executionArn, status: 'ABORTED' } };
  await deployed.handlers.CleanUp(event, lambdaContext('CleanUp'));
  expect(denials()).toEqual([]);
  expect(deployed.deeds.map(({ stage, action }) => `${stage} ${action}`)).toContain(
    'CleanUp logs:StopQuery',
  );
});

test.each([TARGET_NAME, FUNCTION_ARN, `123456789012:function:${TARGET_NAME}`])(
  'the result of %s is kept under the function’s bare name',
  async (name) => {
    const { run, stored } = await open();
    expect(await run('run-1', { ...INPUT, function: name })).toMatchObject({ status: 'SUCCEEDED' });
    expect(stored).toMatchObject([{ Key: `${TARGET_NAME}/run-1.json` }]);
  },
);

test('a run that applies its recommendation by an alias needs no more than its stages may do', async () => {
  const deployed = await open();
  await makeAlias(deployed, 'live');
  const input = { ...INPUT, invocations: 30, apply: { alias: 'live' } };
  expect(await deployed.run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  const live = { functionName: TARGET_NAME, qualifier: 'live' };
  expect((await deployed.target.deps.readConfiguration(live)).memoryMb).toBe(1769);
});

test('a run of the peer’s input, whose alias has to be made, needs no more than its stages may do', async () => {
  const deployed = await open();
  const input = {
    lambdaARN: FUNCTION_ARN,
    num: 30,
    powerValues: [128, 1769],
    strategy: 'speed',
    autoOptimize: true,
    autoOptimizeAlias: 'tuned',
  };
  expect(await deployed.run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  const tuned = { functionName: TARGET_NAME, qualifier: 'tuned' };
  expect((await deployed.target.deps.readConfiguration(tuned)).memoryMb).toBe(1769);
});

test('a run whose publication for the alias gets no answer needs no more than its stages may do', async () => {
  const deployed = await open({}, (stage, { operation }) =>
    stage === 'Apply' && operation === 'PublishVersion'
      ? { kind: 'drop', when: 'after' }
      : undefined,
  );
  await makeAlias(deployed, 'live');
  const input = { ...INPUT, invocations: 30, apply: { alias: 'live' } };
  expect(await deployed.run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
});

test('a run that measures by queued invocations and late logs needs no more than its stages may do', async () => {
  // An invocation that is not waited for to its end is what sends a size through the queue.
  let isFirst = true;
  const intercept: Intercept = ({ operation, qualifier }) => {
    if (operation !== 'Invoke' || qualifier === null || !isFirst) return undefined;
    isFirst = false;
    return { kind: 'drop', when: 'after' };
  };
  const { run, target, before } = await open({ endpoint: { intercept } });
  const input = { ...INPUT, invocations: 2, measureTimeoutSeconds: 850 };
  expect(await run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run whose trial has to be looked up in the logs needs no more than its stages may do', async () => {
  const { run, target, before } = await open({ endpoint: { tailWithoutReport: true } });
  const input = { ...INPUT, memorySizes: [512], invocations: 1 };
  expect(await run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run that heals what a dead run left needs no more than its stages may do', async () => {
  const { runUntil, run, target, before } = await open();
  expect(await runUntil('lambda:PublishVersion', 'dead', INPUT)).toMatchObject({
    status: 'ABORTED',
  });
  expect(await snapshot(target.deps)).not.toEqual(before);
  expect(await run('next', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test.each([
  ['at once', (event: unknown) => event],
  [
    'from the queue',
    (event: unknown) => ({
      Records: [{ eventSource: 'aws:sqs', messageId: '1', body: JSON.stringify(event) }],
    }),
  ],
])(
  'CleanUp, called %s by the rule on an aborted run, needs no more than it may do',
  async (_way, delivered) => {
    const { runUntil, handlers, target, before } = await open();
    const { executionArn } = await runUntil('lambda:PublishVersion', 'dead', INPUT);
    expect(await snapshot(target.deps)).not.toEqual(before);
    const event = {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn, status: 'ABORTED', redriveCount: 0, input: null },
    };
    await handlers.CleanUp(delivered(event), lambdaContext('CleanUp'));
    expect(denials()).toEqual([]);
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test('the sweep needs no more than it may do where the event of an aborted run was lost', async () => {
  const { runUntil, handlers, target, before, letPass, stateMachineArn } = await open();
  await runUntil('lambda:PublishVersion', 'dead', INPUT);
  letPass(10 * 60_000);
  await handlers.CleanUp({ sweep: { stateMachineArn } }, lambdaContext('CleanUp'));
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run whose function has a reservation and whose versions take their time needs no more than its stages may do', async () => {
  const { run, target, before } = await open({ endpoint: { publishDelayMs: 20 } });
  await target.client.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: TARGET_NAME,
      ReservedConcurrentExecutions: 5,
    }),
  );
  expect(await run('run-1', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run whose publication gets no answer needs no more than its stages may do', async () => {
  const { run, target, before } = await open({}, (stage, { operation, callOfOperation }) =>
    stage === 'SetMemory' && operation === 'PublishVersion' && callOfOperation === 1
      ? { kind: 'drop', when: 'after' }
      : undefined,
  );
  expect(await run('run-1', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a run that meets the journal of another run needs no more than its stages may do', async () => {
  const deployed = await open({}, (stage, { operation, callOfOperation }) =>
    stage === 'SetMemory' && operation === 'UpdateFunctionConfiguration' && callOfOperation === 1
      ? { kind: 'act', when: 'before', act: () => takeLock(deployed) }
      : undefined,
  );
  const ended = await deployed.run('run-1', INPUT);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'TargetLocked' });
  expect(denials()).toEqual([]);
});

/** Another tuner's run changes the function: its journal stands on it. */
async function takeLock({ target }: DeployedWorkflow): Promise<void> {
  const settings = { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: null };
  const Description = writeJournal({
    purpose: 'set',
    run: 'another',
    serial: 1,
    set: settings,
    was: settings,
    until: '2099-01-01T00:00Z',
    description: 'takes orders',
  });
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, Description });
  await target.client.send(update);
}

test('a run one of whose versions somebody uses by now needs no more than its stages may do', async () => {
  let used = false;
  const deployed = await open({}, (stage, { qualifier }) => {
    if (stage !== 'Measure' || used) return undefined;
    used = true;
    const act = async (): Promise<void> => {
      await deployed.target.client.send(
        new CreateAliasCommand({
          FunctionName: TARGET_NAME,
          Name: 'mine',
          FunctionVersion: qualifier ?? '',
        }),
      );
    };
    return { kind: 'act', when: 'before', act };
  });
  expect(await deployed.run('run-1', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  expect(denials()).toEqual([]);
  expect(await deployed.target.deps.listVersions(TARGET_NAME)).toHaveLength(1);
});

test('a function that is not allowed ends the run with what is missing, and stays as it is', async () => {
  const deployed = await open({ others: [recordedFunction('other')] });
  const ended = await deployed.run('run-1', { ...INPUT, function: 'other' });
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PermissionMissing' });
  expect(denials()).toEqual([
    expect.objectContaining({ stage: 'Inspect', action: 'lambda:GetFunctionConfiguration' }),
  ]);
  // The rule comes afterwards, and is content: nothing was changed, so nobody has to be woken.
  const event = {
    source: 'aws.states',
    detail: { executionArn: ended.executionArn, status: 'FAILED' },
  };
  await deployed.handlers.CleanUp(event, lambdaContext('CleanUp'));
});

test.each([
  ['a typing error', { ...INPUT, function: 'other', memroySizes: [128] }, 'InvalidInput'],
  ['a function’s misspelt name', { ...INPUT, function: 'ordres' }, 'PermissionMissing'],
])('nobody is woken by %s in the input of a run', async (_what, input, error) => {
  const deployed = await open({ others: [recordedFunction('other')] });
  const ended = await deployed.run('run-1', input);
  expect(ended).toMatchObject({ status: 'FAILED', error });
  const { executionArn } = ended;
  const event = { source: 'aws.states', detail: { executionArn, status: 'FAILED' } };
  await deployed.handlers.CleanUp(event, lambdaContext('CleanUp'));
});

test('an abort while the run looks at a function that it may not touch needs no more than CleanUp may do', async () => {
  const deployed = await open({ others: [recordedFunction('other')] });
  const read = 'lambda:GetFunctionConfiguration';
  const ended = await deployed.runUntil(read, 'run-1', { ...INPUT, function: 'other' });
  expect(ended.status).toBe('ABORTED');
  const { executionArn } = ended;
  const event = { source: 'aws.states', detail: { executionArn, status: 'ABORTED' } };
  await deployed.handlers.CleanUp(event, lambdaContext('CleanUp'));
});

/** Scopes that tell a qualified ARN from an unqualified one, and other services apart. */
function scopeOf({ action, resource }: Deed): Scope {
  if (resource === '*') return 'everything';
  const service = action.split(':')[0] ?? '';
  const others: Readonly<Record<string, Scope>> = {
    s3: 'payloads',
    sqs: 'queues',
    logs: 'log groups',
    states: action === 'states:ListExecutions' ? 'state machine' : 'executions',
  };
  const name = resource.split(':')[6];
  if (service === 'lambda' && name === 'before') return 'processors';
  return others[service] ?? (resource.split(':').length > 7 ? 'versions' : 'function');
}

test('stages may do no more than runs need: each of their permissions was used by a test of this file', () => {
  const used = new Set(deeds.map((deed) => `${deed.stage} ${deed.action} on ${scopeOf(deed)}`));
  const granted = Object.entries(STAGE_PERMISSIONS).flatMap(([stage, permissions]) =>
    permissions.flatMap(({ actions, on, oneIsUsed = false }) =>
      actions.flatMap((action) => {
        const each = on.map((scope) => `${stage} ${action} on ${scope}`);
        return oneIsUsed && each.some((one) => used.has(one)) ? [] : each;
      }),
    ),
  );
  expect([...new Set(granted)].filter((each) => !used.has(each))).toEqual([]);
});
