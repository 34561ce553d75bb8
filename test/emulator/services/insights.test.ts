import {
  DescribeLogGroupsCommand,
  DescribeQueriesCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
  type CloudWatchLogsClient,
  type GetQueryResultsCommandOutput,
  type StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test, vi } from 'vitest';
import type { LambdaEndpointOptions } from '../../../src/emulator/lambda/endpoint.ts';
import { errorOf, fixture } from '../lambda/lambda-fixture.ts';
import { serviceClients } from './service-clients.ts';

const GROUP = '/aws/lambda/orders';
const NOW_S = Date.UTC(2026, 10, 21) / 1000;

async function startWithLog(lines: readonly string[], options: LambdaEndpointOptions = {}) {
  const parts = await fixture(options);
  for (const [index, line] of lines.entries()) {
    const bytes = Buffer.from(`${line}\n`);
    parts.endpoint.addLog({
      group: GROUP,
      stream: '2026/11/20/[7]0123456789abcdef0123456789abcdef',
      atMs: (NOW_S - 3600 + index) * 1000,
      size: bytes.length,
      read: () => bytes,
    });
  }
  return { ...parts, ...serviceClients(parts.endpoint.url) };
}

function start(logs: CloudWatchLogsClient, input: Partial<StartQueryCommandInput>) {
  return logs.send(
    new StartQueryCommand({
      logGroupNames: [GROUP],
      startTime: NOW_S - 86_400,
      endTime: NOW_S,
      queryString: 'fields @message',
      ...input,
    }),
  );
}

async function ask(
  logs: CloudWatchLogsClient,
  queryString: string,
): Promise<GetQueryResultsCommandOutput> {
  const { queryId } = await start(logs, { queryString });
  return vi.waitFor(
    async () => {
      const answer = await logs.send(new GetQueryResultsCommand({ queryId }));
      expect(answer.status).toBe('Complete');
      return answer;
    },
    { timeout: 10_000, interval: 150 },
  );
}

function rowsOf({ results = [] }: Pick<GetQueryResultsCommandOutput, 'results'>) {
  return results.map((row) =>
    Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
  );
}

// A hand sum: 10 + 30 = 40 and 5 at 128 MB and 256 MB.
const REPORTS = [
  'REPORT RequestId: a\tDuration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\t',
  'an application says Duration: 99.00 ms',
  'REPORT RequestId: b\tDuration: 30.00 ms\tBilled Duration: 30 ms\tMemory Size: 128 MB\t',
  'REPORT RequestId: c\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 256 MB\t',
];

test('Logs Insights filters by a pattern, parses named groups and counts by what it parsed', async () => {
  const { logs } = await startWithLog(REPORTS);
  const answer = await ask(
    logs,
    `filter @message like /^REPORT /
     | parse @message /\\tDuration: (?<ms>[0-9.]+) ms/ # a comment
     | parse @message /Memory Size: (?<mb>[0-9]+) MB/
     | fields floor(log(greatest(ms, 0.01)) * 2) as bucket, ispresent(nothing) as there
     | stats count(*) as n, sum(ms) as total, min(ms), max(ms) by mb, there
     | limit 100`,
  );
  expect(rowsOf(answer)).toEqual([
    { mb: '128', there: '0', n: '2', total: '40', 'min(ms)': '10', 'max(ms)': '30' },
    { mb: '256', there: '0', n: '1', total: '5', 'min(ms)': '5', 'max(ms)': '5' },
  ]);
  expect(answer.statistics).toMatchObject({
    recordsScanned: 4,
    recordsMatched: 3,
    bytesScanned: REPORTS.join('\n').length + 1,
    logGroupsScanned: 1,
    resultCount: 2,
  });
});

// CloudWatch Logs guide, "estimate", 2026-11: its own example.
test('estimate returns the bytes that would be scanned, and scans nothing', async () => {
  const { logs } = await startWithLog(REPORTS);
  const answer = await ask(
    logs,
    'fields @timestamp, @message\n| filter @message like /error/\n| estimate',
  );
  expect(answer.results?.[0]?.[0]?.value).toBe(String(REPORTS.join('\n').length + 1));
  expect(answer.statistics?.bytesScanned).toBe(0);
});

// CloudWatch Logs guide, "parse", 2026-11, with display left out, which Powerdial does not send.
test('the example of a named group in AWS’s guide extracts the network interface', async () => {
  const { logs } = await startWithLog(['2 123456789010 eni-1235b8ca123456789 172.31.16.139 OK']);
  const answer = await ask(
    logs,
    'parse @message /(?<NetworkInterface>eni-.*?) / | fields NetworkInterface, @message',
  );
  expect(rowsOf(answer)[0]?.['NetworkInterface']).toBe('eni-1235b8ca123456789');
});

test.each([
  ['fields @timestamp | sort @timestamp desc', 'the command sort'],
  ['filter @duration > 10', 'the comparison of @duration with > 10'],
  ['stats avg(@duration)', 'the aggregate avg'],
  ['stats count(*) by bin(5m)', 'grouping by bin()'],
  ['fields strlen(@message) as n', 'the function strlen'],
  ['parse @message "user=*" as user', 'parse with a glob'],
  ['stats count(*) as n | filter n', 'filter behind stats'],
])('the embedded Logs Insights refuses %s by name', async (queryString, named) => {
  const { logs: there } = await startWithLog(['x']);
  const refusal = await errorOf(start(there, { queryString }));
  expect(refusal.name).toBe('MalformedQueryException');
  expect(refusal.message).toContain(named);
});

test('a field that is extracted twice makes a query malformed', async () => {
  const { logs } = await startWithLog(['x']);
  const queryString = 'parse @message /(?<a>x)/ | parse @message /(?<a>y)/';
  expect((await errorOf(start(logs, { queryString }))).name).toBe('MalformedQueryException');
});

test.each([
  ['no group', { logGroupNames: [] }, 'InvalidParameterException'],
  ['51 groups', { logGroupNames: Array<string>(51).fill(GROUP) }, 'InvalidParameterException'],
  ['an unknown group', { logGroupNames: ['/nobody'] }, 'ResourceNotFoundException'],
  ['10,001 characters', { queryString: ' '.repeat(10_001) }, 'InvalidParameterException'],
  ['a start after the end', { startTime: NOW_S + 1 }, 'InvalidParameterException'],
  ['a limit of 100,001', { limit: 100_001 }, 'InvalidParameterException'],
  [
    'a window before the retention',
    { endTime: NOW_S - 8 * 86_400, startTime: 0 },
    'MalformedQueryException',
  ],
])('StartQuery refuses %s', async (_, input, name) => {
  const { logs } = await startWithLog(['x'], { logGroups: { [GROUP]: { retentionDays: 7 } } });
  expect((await errorOf(start(logs, input))).name).toBe(name);
});

test('a group of another class than Standard is queried alone, one of Delivery not at all', async () => {
  const { logs } = await startWithLog(['x'], {
    logGroups: { '/rare': { class: 'INFREQUENT_ACCESS' }, '/gone': { class: 'DELIVERY' } },
  });
  const both = await errorOf(start(logs, { logGroupNames: [GROUP, '/rare'] }));
  expect(both.name).toBe('InvalidParameterException');
  expect((await start(logs, { logGroupNames: ['/rare'] })).queryId).toBeDefined();
  const delivery = await errorOf(start(logs, { logGroupNames: ['/gone'] }));
  expect(delivery.name).toBe('InvalidOperationException');
});

test('results come in pages, with a token that is the query’s own', async () => {
  const { logs } = await startWithLog(['a', 'b', 'c']);
  const { queryId } = await start(logs, { queryString: 'fields @message' });
  const first = await vi.waitFor(async () => {
    const page = await logs.send(new GetQueryResultsCommand({ queryId, maxItems: 2 }));
    expect(page.status).toBe('Complete');
    return page;
  });
  expect(first.results).toHaveLength(2);
  const { nextToken } = first;
  const rest = await logs.send(new GetQueryResultsCommand({ queryId, nextToken }));
  expect(rest.results?.map(([cell]) => cell?.value)).toEqual(['c\n']);
  expect(rest.nextToken).toBeUndefined();
});

test('a query that is stopped is Cancelled, is listed so, and stopping it again is refused', async () => {
  const { logs } = await startWithLog(['a', 'b'], { queries: { startDelayMs: 60_000 } });
  const { queryId } = await start(logs, {});
  expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Scheduled');
  expect((await logs.send(new StopQueryCommand({ queryId }))).success).toBe(true);
  const refused = await errorOf(logs.send(new StopQueryCommand({ queryId })));
  expect(refused.name).toBe('InvalidParameterException');
  expect(refused.message).toContain('is not running');
  const { queries } = await logs.send(new DescribeQueriesCommand({ status: 'Cancelled' }));
  expect(queries).toMatchObject([{ queryId, status: 'Cancelled', queryString: 'fields @message' }]);
});

test('queries above what may be started in a second are throttled', async () => {
  const { logs } = await startWithLog(['x'], { queries: { startsPerSecond: 0 } });
  expect((await errorOf(start(logs, {}))).name).toBe('ThrottlingException');
});

test('DescribeLogGroups tells class, retention, key and size, by prefix and in pages', async () => {
  const settings = { class: 'INFREQUENT_ACCESS', retentionDays: 7, kmsKeyId: 'arn:key' } as const;
  const { logs } = await startWithLog(['x'], {
    logGroups: { '/other/a': settings, '/other/b': {} },
  });
  const all = await logs.send(new DescribeLogGroupsCommand({ limit: 2 }));
  expect(all.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual([GROUP, '/other/a']);
  expect(all.logGroups?.[0]?.storedBytes).toBe(2);
  const { nextToken } = all;
  const rest = await logs.send(new DescribeLogGroupsCommand({ limit: 2, nextToken }));
  expect(rest.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/other/b']);
  const named = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/other/a' }));
  expect(named.logGroups?.[0]).toMatchObject({
    logGroupClass: 'INFREQUENT_ACCESS',
    retentionInDays: 7,
    kmsKeyId: 'arn:key',
    arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/other/a:*',
  });
});
