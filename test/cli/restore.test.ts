import {
  CreateAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { cloud, deny, STUCK_IN_MEASURE, type Cloud } from './cloud-fixture.ts';

let aws: Cloud;
let lambda: LambdaClient;
let before: unknown;
let deniedNow: string | null;

beforeEach(async () => {
  deniedNow = null;
  aws = await cloud({
    lambda: {
      intercept: (request) =>
        deniedNow === null ? STUCK_IN_MEASURE.intercept?.(request) : deny(deniedNow)(request),
    },
  });
  lambda = clientOf(aws);
  before = await aws.snapshot();
});

afterEach(async () => {
  deniedNow = null;
  lambda.destroy();
  await aws.close();
});

function clientOf({ env }: Cloud): LambdaClient {
  return new LambdaClient({
    endpoint: env['AWS_ENDPOINT_URL_LAMBDA'] ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
}

const PAST = '2026-01-01T00:00Z';
const FUTURE = '2099-01-01T00:00Z';

/** What a run that died leaves: a journal on $LATEST, in its documented form. */
async function leaveJournal(run: string, until: string): Promise<void> {
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: TARGET_NAME,
      MemorySize: 1024,
      Timeout: 60,
      Description: `[powerdial ${run} #2 set 1024MB/60s was 512MB/30s until ${until}] takes orders`,
    }),
  );
}

/** A version that a run published, by the form of its description. */
async function leaveVersion(run: string, until: string): Promise<string> {
  const { Version = '' } = await lambda.send(
    new PublishVersionCommand({
      FunctionName: TARGET_NAME,
      Description: `powerdial ${run} #1 1024MB above 0 until ${until}`,
    }),
  );
  return Version;
}

test('restore says where there is nothing to put back', async () => {
  const { code, stdout } = await aws.run('restore', TARGET_NAME);
  expect(code).toBe(0);
  expect(stdout).toBe('orders: nothing of a run is left on it.\n');
  expect(await aws.snapshot()).toEqual(before);
});

test('restore puts back what a dead run left, and says exactly what it changed', async () => {
  await leaveJournal('dead-1', PAST);
  await leaveVersion('dead-1', PAST);
  const { code, stdout, stderr } = await aws.run('restore', TARGET_NAME);
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    'orders: put back after run dead-1',
    '  memory       1024 MB → 512 MB',
    '  timeout      60 s → 30 s',
    '  description  "[powerdial dead-1 #2 set 1024MB/60s was 512MB/30s until 2026-01-01T00:00Z] takes orders" → "takes orders"',
    '  versions     1 deleted',
    '',
  ]);
  expect(code).toBe(0);
  expect(await aws.snapshot()).toEqual(before);
  expect((await aws.run('restore', TARGET_NAME)).stdout).toContain('nothing of a run');
});

test('restore --json tells programs what was put back', async () => {
  await leaveJournal('dead-1', PAST);
  await leaveVersion('dead-2', PAST);
  const { code, stdout } = await aws.run('restore', TARGET_NAME, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    function: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    putBack: true,
    runs: [
      {
        run: 'dead-1',
        changes: [
          { setting: 'memoryMb', from: 1024, to: 512 },
          { setting: 'timeoutSeconds', from: 60, to: 30 },
          {
            setting: 'description',
            from: '[powerdial dead-1 #2 set 1024MB/60s was 512MB/30s until 2026-01-01T00:00Z] takes orders',
            to: 'takes orders',
          },
        ],
        deletedVersions: [],
        leftVersions: [],
        pendingVersions: [],
        leftSettings: [],
      },
      {
        run: 'dead-2',
        changes: [],
        deletedVersions: ['1'],
        leftVersions: [],
        pendingVersions: [],
        leftSettings: [],
      },
    ],
  });
  expect(await aws.snapshot()).toEqual(before);
});

test('a setting that somebody changed since, and a version that somebody uses, stay', async () => {
  await leaveJournal('dead-1', PAST);
  const version = await leaveVersion('dead-1', PAST);
  await lambda.send(
    new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'live', FunctionVersion: version }),
  );
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, MemorySize: 2048 }),
  );
  const { code, stdout } = await aws.run('restore', TARGET_NAME);
  expect(code).toBe(0);
  expect(stdout).toContain('  stayed       version 1: an alias points at it\n');
  expect(stdout).toContain('  stayed       memory: somebody else has changed it since\n');
  const again = await aws.run('restore', TARGET_NAME);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('orders: nothing to put back after run dead-1');
});

test.each([
  ['no alias points at', null, /versions {5}1 deleted/],
  ['an alias points at already', 'live', /stayed {7}version 1: an alias points at it/],
])(
  'restore puts a run back that died while it applied, with a version that %s',
  async (_, alias, said) => {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: TARGET_NAME,
        MemorySize: 1024,
        Description: `[powerdial dead-1 #3 apply 1024MB/30s was 512MB/30s until ${PAST}] takes orders`,
      }),
    );
    const { Version } = await lambda.send(
      new PublishVersionCommand({
        FunctionName: TARGET_NAME,
        Description: 'takes orders [powerdial dead-1 #3 applied 1024MB/30s above 0]',
      }),
    );
    if (alias !== null) {
      await lambda.send(
        new CreateAliasCommand({
          FunctionName: TARGET_NAME,
          Name: alias,
          FunctionVersion: Version,
        }),
      );
    }
    const { code, stdout } = await aws.run('restore', TARGET_NAME);
    expect(code).toBe(0);
    expect(stdout).toMatch(said);
    // What an alias points at was applied for good: only the journal goes.
    expect(stdout.includes('1024 MB → 512 MB')).toBe(alias === null);
    expect((await aws.run('restore', TARGET_NAME)).stdout).toContain('nothing of a run');
  },
);

test('a run that was killed may still live: it is named, and put back with --yes only', async () => {
  const running = aws.start(
    ...['tune', TARGET_NAME, '--embedded', '--memory', '128,512', '--invocations', '5'],
  );
  await running.said(/has its own configuration again/);
  running.kill('SIGKILL');
  await running.ended;
  const refused = await aws.run('restore', TARGET_NAME);
  expect(refused.code).toBe(2);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toMatch(
    /^Run embedded-[0-9a-f]+ may be at work on orders until \d{4}-.*\n.*give --yes when it is dead/,
  );
  const { code, stdout } = await aws.run('restore', TARGET_NAME, '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/versions {5}1, 2 deleted/);
  expect(await aws.snapshot()).toEqual(before);
});

test('Step Functions is asked whether a run lives', async () => {
  const [stateMachineArn] = aws.stateMachineArns;
  const start = (name: string, input: object) =>
    aws.client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
  // One fails at once; the other stays in Measure.
  await start('over', { function: TARGET_NAME, memorySizes: [64] });
  await leaveVersion('over', FUTURE);
  const ended = await aws.run('restore', TARGET_NAME);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  expect(await aws.snapshot()).toEqual(before);

  const { executionArn = '' } = await start('alive', {
    function: TARGET_NAME,
    memorySizes: [128],
    invocations: 5,
  });
  await aws.entered(executionArn, 'Measure');
  const alive = await aws.run('restore', TARGET_NAME);
  expect(alive.code).toBe(2);
  expect(alive.stderr).toContain(`Run alive is at work on orders: ${executionArn} is RUNNING.`);
});

test.each([
  ['no function of that name', ['nobody'], 3, /TargetNotFound: Restore nobody/],
  ['no name of a function', ['not a name'], 2, /wanted a function's name or ARN/],
])('restore names what is wrong with its function: %s', async (_, args, wanted, said) => {
  const { code, stderr } = await aws.run('restore', ...args);
  expect(code).toBe(wanted);
  expect(stderr).toMatch(said);
});

test('restore without permission tells the action, the resource and where it is listed', async () => {
  await leaveJournal('dead-1', PAST);
  deniedNow = 'UpdateFunctionConfiguration';
  const { code, stderr } = await aws.run('restore', TARGET_NAME);
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /PermissionMissing: Call lambda:UpdateFunctionConfiguration on orders: .*docs\/security\.md/,
  );
});

describe('a version that is still pending', () => {
  beforeEach(async () => {
    await aws.close();
    // Longer than one try takes, so that the command has to wait.
    aws = await cloud({ lambda: { publishDelayMs: 25_000 } });
    lambda.destroy();
    lambda = clientOf(aws);
  });

  test('is waited for, and the command says so', async () => {
    await leaveVersion('dead-3', PAST);
    const { code, stdout, stderr } = await aws.run('restore', TARGET_NAME);
    expect(stderr).toMatch(
      /^Version 1 of run dead-3 is still pending, and AWS deletes no version before it is active/,
    );
    expect(stdout).toContain('put back after run dead-3');
    expect(stdout).toMatch(/versions +1 deleted/);
    expect(code).toBe(0);
    expect((await aws.snapshot()) as object).toMatchObject({ versions: [] });
  });
});
