import {
  FilterLogEventsCommand,
  DescribeLogStreamsCommand,
  paginateFilterLogEvents,
  type CloudWatchLogsClient,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test, vi } from 'vitest';
import type { LambdaEndpointOptions } from '../../../src/emulator/lambda/endpoint.ts';
import { recordedHost } from '../../../src/emulator/recorded/recorded-host.ts';
import { readRecording } from '../../../src/emulator/recorded/recording.ts';
import { errorOf, fixture } from '../lambda/lambda-fixture.ts';
import { serviceClients } from './service-clients.ts';

const FunctionName = 'orders';
const logGroupName = '/aws/lambda/orders';

async function startRecorded(options: LambdaEndpointOptions = {}) {
  const read = readRecording({
    name: 'orders',
    memory: { '512': { warmMs: [10], initMs: [100], maxMemoryUsedMb: 64 } },
  });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const parts = await fixture(options, { host: recordedHost(read.recording, { seed: 1 }) });
  return { ...parts, ...serviceClients(parts.endpoint.url) };
}

async function invoke({ client }: Pick<Awaited<ReturnType<typeof startRecorded>>, 'client'>) {
  const answer = await client.send(new InvokeCommand({ FunctionName, LogType: 'Tail' }));
  return {
    requestId: answer.$metadata.requestId ?? '',
    tail: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

async function find(logs: CloudWatchLogsClient, input: Partial<FilterLogEventsCommandInput> = {}) {
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }));
  return events?.map(({ message }) => message ?? '') ?? [];
}

test('every line of an invocation is an event, in order, as in the tail', async () => {
  const parts = await startRecorded();
  const { tail } = await invoke(parts);
  const messages = await find(parts.logs);
  expect(messages.join('')).toBe(tail);
  expect(messages.map((line) => line.split(/[ :]/)[0])).toEqual([
    'INIT_START',
    'START',
    'END',
    'REPORT',
  ]);
});

test('an event has stream, times and an id of its own', async () => {
  const parts = await startRecorded({ logDelayMs: 2000 });
  await invoke(parts);
  const writtenMs = parts.clock.nowMs;
  parts.clock.nowMs += 2000;
  const { events } = await parts.logs.send(new FilterLogEventsCommand({ logGroupName }));
  expect(events?.[0]).toMatchObject({
    logStreamName: expect.stringMatching(/^2026\/11\/21\/\[\$LATEST\][0-9a-f]{32}$/) as string,
    timestamp: writtenMs,
    ingestionTime: writtenMs + 2000,
  });
  expect(new Set(events?.map(({ eventId }) => eventId)).size).toBe(4);
});

// "Configuring CloudWatch log groups", Developer Guide: a shared group has the function's name in the stream.
test("a group of one's own, and versions, are told by the stream", async () => {
  const parts = await startRecorded();
  const custom = { FunctionName, LoggingConfig: { LogGroup: '/shared' } };
  await parts.client.send(new UpdateFunctionConfigurationCommand(custom));
  await parts.client.send(new PublishVersionCommand({ FunctionName }));
  await parts.client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }));
  const call = new FilterLogEventsCommand({ logGroupName: '/shared' });
  const { events } = await parts.logs.send(call);
  expect(events?.[0]?.logStreamName).toMatch(/^2026\/11\/21\/orders\[1\][0-9a-f]{32}$/);
  expect((await errorOf(find(parts.logs))).name).toBe('ResourceNotFoundException');
});

test('asynchronous invocations log like others', async () => {
  const parts = await startRecorded();
  const event = new InvokeCommand({ FunctionName, InvocationType: 'Event' });
  const { $metadata } = await parts.client.send(event);
  await vi.waitFor(
    async () => {
      const found = await find(parts.logs, { filterPattern: `"${$metadata.requestId ?? ''}"` });
      expect(found.at(-1)).toMatch(/^REPORT RequestId: /);
    },
    { timeout: 60_000 },
  );
});

test('lines of a log can be set to be found only after a while', async () => {
  const parts = await startRecorded({ logDelayMs: 5000 });
  await invoke(parts);
  expect(await find(parts.logs)).toEqual([]);
  parts.clock.nowMs += 4999;
  expect(await find(parts.logs)).toEqual([]);
  parts.clock.nowMs += 1;
  expect(await find(parts.logs)).toHaveLength(4);
});

describe('the filter', () => {
  test('finds the lines of one request id, which is quoted for its dashes', async () => {
    const parts = await startRecorded();
    await invoke(parts);
    const { requestId } = await invoke(parts);
    await invoke(parts);
    const found = await find(parts.logs, { filterPattern: `"${requestId}"` });
    expect(found.map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
    expect(found.every((line) => line.includes(requestId))).toBe(true);
  });

  test.each([
    ['"REPORT RequestId"', 1],
    ['REPORT', 1],
    ['"REPORT" "Max Memory Used: 64 MB"', 1],
    ['REPORT "Max Memory Used: 65 MB"', 0],
    ['report', 0],
    ['', 4],
  ])('%s finds %i', async (filterPattern, count) => {
    const parts = await startRecorded();
    await invoke(parts);
    expect(await find(parts.logs, { filterPattern })).toHaveLength(count);
  });

  test.each(['{ $.type = "platform.report" }', '?REPORT ?END', 'a-b', '"open'])(
    'refuses a pattern that it does not know: %s',
    async (filterPattern) => {
      const parts = await startRecorded();
      await invoke(parts);
      const error = await errorOf(find(parts.logs, { filterPattern }));
      expect(error.name).toBe('InvalidParameterException');
      expect(error.message).toContain(filterPattern);
    },
  );

  test('selects events by time and by stream', async () => {
    const parts = await startRecorded();
    const startMs = parts.clock.nowMs;
    await invoke(parts);
    parts.clock.nowMs += 1000;
    await invoke(parts);
    expect(await find(parts.logs, { startTime: startMs + 1 })).toHaveLength(3);
    expect(await find(parts.logs, { startTime: startMs + 1000 })).toHaveLength(3);
    expect(await find(parts.logs, { startTime: startMs + 1001 })).toHaveLength(0);
    expect(await find(parts.logs, { endTime: startMs })).toHaveLength(4);
    expect(await find(parts.logs, { logStreamNames: ['other'] })).toHaveLength(0);
    expect(await find(parts.logs, { logStreamNamePrefix: '2026/11/21/[$LATEST]' })).toHaveLength(7);
  });
});

describe('pages', () => {
  test('may be empty with more to come', async () => {
    const parts = await startRecorded({ logScanPerPage: 2 });
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push((await invoke(parts)).requestId);
    const pages: number[] = [];
    for await (const page of paginateFilterLogEvents(
      { client: parts.logs },
      { logGroupName, filterPattern: `"${ids[4] ?? ''}"` },
    )) {
      pages.push(page.events?.length ?? 0);
    }
    expect(pages).toEqual([0, 0, 3, 0]);
  });

  test('hold no more than the limit, and lose nothing between them', async () => {
    const parts = await startRecorded();
    for (let count = 0; count < 3; count += 1) await invoke(parts);
    const pages: string[][] = [];
    for await (const page of paginateFilterLogEvents(
      { client: parts.logs, pageSize: 3 },
      { logGroupName },
    )) {
      pages.push(page.events?.map(({ message }) => message ?? '') ?? []);
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 3, 1]);
    expect(pages.flat()).toEqual(await find(parts.logs));
  });

  test('a token that was not given out is refused', async () => {
    const parts = await startRecorded();
    await invoke(parts);
    const error = await errorOf(find(parts.logs, { nextToken: 'made-up' }));
    expect(error.message).toBe('The specified nextToken is invalid.');
  });
});

test('the embedded log keeps a bounded number of lines, and drops the oldest', async () => {
  // An invocation of 3 lines is about 200 bytes and 256 for its keeping.
  const parts = await startRecorded({ logMaxBytes: 10_000 });
  const ids: string[] = [];
  for (let count = 0; count < 60; count += 1) ids.push((await invoke(parts)).requestId);
  const found = await find(parts.logs);
  expect(found.length).toBeGreaterThan(3);
  expect(found.length).toBeLessThan(3 * 40);
  expect(found.at(-1)).toContain(ids.at(-1));
  expect(found.join('')).not.toContain(ids[0]);
});

test('a log group that nobody has written to is not there', async () => {
  const { logs } = await startRecorded();
  expect(await errorOf(find(logs))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
});

test('other operations of CloudWatch Logs are refused by name', async () => {
  const { logs } = await startRecorded();
  expect((await errorOf(logs.send(new DescribeLogStreamsCommand({})))).message).toBe(
    'The embedded endpoint does not have DescribeLogStreams of CloudWatch Logs; it has FilterLogEvents, DescribeLogGroups, StartQuery, GetQueryResults, StopQuery, DescribeQueries.',
  );
});

// A chatty extension prints after the report: the last 4 KB have no report, the log has.
test('a report that the tail lacks is in the log', async () => {
  const parts = await startRecorded({ tailWithoutReport: true });
  const { requestId, tail } = await invoke(parts);
  expect(tail).toHaveLength(4096);
  expect(tail).not.toContain('REPORT');
  const found = await find(parts.logs, { filterPattern: `"REPORT" "${requestId}"` });
  expect(found).toHaveLength(1);
});
