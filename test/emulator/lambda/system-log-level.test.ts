import {
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, onTestFinished, test } from 'vitest';
import { recordedHost } from '../../../src/emulator/recorded/recorded-host.ts';
import { readRecording } from '../../../src/emulator/recorded/recording.ts';
import { fixture } from './lambda-fixture.ts';

const FunctionName = 'orders';
const LOG_GROUP = '/custom/group';

async function quiet() {
  const read = readRecording({
    name: 'orders',
    memory: { '512': { warmMs: [10] }, '1024': { warmMs: [5], outcome: 'error' } },
  });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const parts = await fixture(
    {},
    {
      logFormat: 'JSON',
      systemLogLevel: 'WARN',
      host: recordedHost(read.recording, { seed: 1 }),
    },
  );
  await parts.client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      LoggingConfig: { LogGroup: LOG_GROUP, ApplicationLogLevel: 'ERROR' },
    }),
  );
  const logs = new CloudWatchLogsClient({
    endpoint: parts.endpoint.url,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  onTestFinished(() => logs.destroy());
  return { ...parts, logs };
}

async function tailOf(client: LambdaClient, Qualifier?: string): Promise<string> {
  const invoke = new InvokeCommand({ FunctionName, Qualifier, LogType: 'Tail' });
  return Buffer.from((await client.send(invoke)).LogResult ?? '', 'base64').toString();
}

function setLevel(client: LambdaClient, SystemLogLevel: 'INFO' | 'WARN') {
  return client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, LoggingConfig: { SystemLogLevel } }),
  );
}

// "System log level event mapping", Developer Guide: a report of success is INFO, of a failure WARN.
test('WARN hides reports of success, from the tail and from the log', async () => {
  const { client, logs } = await quiet();
  expect(await tailOf(client)).toBe('');
  const find = new FilterLogEventsCommand({ logGroupName: LOG_GROUP });
  await expect(logs.send(find)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

  await setLevel(client, 'INFO');
  expect(await tailOf(client)).toContain('platform.report');
  expect((await logs.send(find)).events?.at(-1)?.message).toContain('platform.report');
});

test('WARN shows reports of failures', async () => {
  const { client } = await quiet();
  const failing = { FunctionName, MemorySize: 1024 };
  await client.send(new UpdateFunctionConfigurationCommand(failing));
  expect(await tailOf(client)).toMatch(/platform\.report.*"status":"error"/);
});

test('the level alone leaves the other members, and a version keeps the level it was published with', async () => {
  const { client } = await quiet();
  const rest = { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR', LogGroup: LOG_GROUP };
  expect((await setLevel(client, 'INFO')).LoggingConfig).toEqual({
    ...rest,
    SystemLogLevel: 'INFO',
  });
  await client.send(new PublishVersionCommand({ FunctionName }));
  expect((await setLevel(client, 'WARN')).LoggingConfig).toEqual({
    ...rest,
    SystemLogLevel: 'WARN',
  });
  expect(await tailOf(client, '1')).toContain('platform.report');
  expect(await tailOf(client)).toBe('');
});
