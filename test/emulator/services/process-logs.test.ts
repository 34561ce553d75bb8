import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import { createProcessHost } from '../../../src/emulator/environment/process-host.ts';
import { fixture } from '../lambda/lambda-fixture.ts';
import { serviceClients } from './service-clients.ts';

const FunctionName = 'orders';

async function processHost(source: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-logs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'app.mjs');
  await writeFile(file, source);
  const located = await locateHandler(file);
  if (located.kind === 'problem') throw new Error(located.message);
  return createProcessHost({ handler: located.location });
}

test('what a real process prints is found in the stream that it was told, restore included', async () => {
  const host = await processHost(`
    export const handler = async (_event, context) => {
      console.log('hello from the handler');
      return context.logStreamName;
    };`);
  const { client, endpoint } = await fixture({ now: Date.now }, { snapStart: true, host });
  const { logs } = serviceClients(endpoint.url);
  const shared = { FunctionName, LoggingConfig: { LogGroup: '/shared' } };
  await client.send(new UpdateFunctionConfigurationCommand(shared));
  await client.send(new PublishVersionCommand({ FunctionName }));
  const answer = await client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }));
  const stream = JSON.parse(answer.Payload?.transformToString() ?? '') as string;
  expect(stream).toMatch(/^\d{4}\/\d\d\/\d\d\/orders\[1\][0-9a-f]{32}$/);

  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/shared' }));
  expect(new Set(events?.map(({ logStreamName }) => logStreamName))).toEqual(new Set([stream]));
  const messages = events?.map(({ message }) => message ?? '') ?? [];
  expect(messages.map((line) => line.split(' ')[0])).toEqual([
    'RESTORE_START',
    'RESTORE_REPORT',
    'START',
    expect.stringMatching(/INFO\thello$/),
    'END',
    'REPORT',
  ]);
  expect(messages.at(-1)).toMatch(
    /\tRestore Duration: [\d.]+ ms\tBilled Restore Duration: \d+ ms\t\n$/,
  );
});
