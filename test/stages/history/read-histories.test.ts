import { expect, onTestFinished, test } from 'vitest';
import { historyCalls } from '../../../src/aws/history-calls.ts';
import { lambdaDeps } from '../../../src/aws/lambda-deps.ts';
import { startLambdaEndpoint, type LambdaEndpointOptions } from '../../../src/emulator/index.ts';
import type { HistoryRequest } from '../../../src/stages/history/history-request.ts';
import { readHistories } from '../../../src/stages/history/read-histories.ts';
import { loggedFunction } from '../../../src/cli/serve/served-logs.ts';

const NOW_MS = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

/** As Lambda prints it (Developer Guide, "View CloudWatch logs", 2026-11). */
function textReport(ms: number, more = ''): string {
  return `REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2bf\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms \tMemory Size: 1024 MB\tMax Memory Used: 75 MB\t${more}\n`;
}

/** As Lambda's JSON logs have it, fields in another order. */
function jsonReport(ms: number, status: string): string {
  return `{"time":"2026-11-20T00:00:00.000Z","type":"platform.report","record":{"status":"${status}","metrics":{"maxMemoryUsedMB":75,"memorySizeMB":1024,"billedDurationMs":${Math.ceil(ms)},"durationMs":${ms}},"requestId":"4ce9340a-b765-490f-ad8a-02ab3415e2bf"}}\n`;
}

async function world(
  logs: Readonly<Record<string, readonly string[]>>,
  options: LambdaEndpointOptions = {},
  functions: readonly string[] = Object.keys(logs),
) {
  const endpoint = await startLambdaEndpoint({
    now: () => NOW_MS,
    functions: functions.map((name) => {
      const { seed: _, ...definition } = loggedFunction(name, 'us-east-1');
      return { ...definition, memoryMb: 1024, timeoutSeconds: 30 };
    }),
    ...options,
  });
  for (const [name, lines] of Object.entries(logs)) {
    for (const [index, line] of lines.entries()) {
      const bytes = Buffer.from(line);
      endpoint.addLog({
        group: `/aws/lambda/${name}`,
        stream: `2026/11/20/[${index % 2}]0123456789abcdef0123456789abcdef`,
        atMs: NOW_MS - DAY_MS + index,
        size: bytes.length,
        read: () => bytes,
      });
    }
  }
  const connection = {
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  };
  const calls = await historyCalls(connection);
  const lambda = lambdaDeps(connection);
  onTestFinished(async () => {
    calls.close();
    lambda.close();
    await endpoint.close();
  });
  const seen: string[] = [];
  const deps = {
    ...calls,
    readConfiguration: lambda.readConfiguration,
    readTriggers: lambda.readTriggers,
    findLogEvents: lambda.findLogEvents,
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 120)),
    stopped: () => false,
    onQuery: (text: string, groups: readonly string[]) =>
      void seen.push(`${groups.join()}: ${text}`),
    onEstimate: (bytes: number) => void seen.push(`estimate ${bytes}`),
  };
  const request: HistoryRequest = {
    functions,
    region: 'us-east-1',
    sinceMs: NOW_MS - 14 * DAY_MS,
    untilMs: NOW_MS,
    by: 'insights',
    maxUsd: 0.5,
  };
  return { deps, request, seen };
}

async function read(
  { deps, request }: Awaited<ReturnType<typeof world>>,
  more: Partial<HistoryRequest> = {},
) {
  const histories = await readHistories(deps, { ...request, ...more });
  if (histories.kind !== 'read') throw new Error(histories.kind);
  return histories;
}

test('text and JSON logs are counted by one query, and a failed one is in no duration', async () => {
  const parts = await world({
    orders: [
      textReport(10),
      textReport(20, 'Init Duration: 300.00 ms\t'),
      'REPORTED by an application\n',
    ],
    thumbs: [jsonReport(5, 'success'), jsonReport(7, 'error'), jsonReport(30_000, 'timeout')],
  });
  const { answers, spent } = await read(parts);
  expect(answers.map(({ function: name, problem }) => [name, problem])).toEqual([
    ['orders', null],
    ['thumbs', null],
  ]);
  const [orders, thumbs] = answers.map(({ history }) => history?.sizes[0]);
  expect(orders).toMatchObject({
    memoryMb: 1024,
    versions: ['0', '1'],
    invocations: 2,
    coldStarts: 1,
    durationMs: { p50: 10, max: 10 },
    initMs: { mean: 300, max: 300 },
    maxMemoryUsedMb: 75,
    errors: null,
  });
  expect(thumbs).toMatchObject({ invocations: 3, durationMs: { max: 5 }, errors: 1, timeouts: 1 });
  expect(spent).toMatchObject({ by: 'insights', queries: 1 });
  expect(parts.seen.some((each) => each.startsWith('estimate'))).toBe(true);
});

test('a history whose estimate is above the limit is refused before anything is scanned', async () => {
  const { deps, request, seen } = await world(
    { orders: [textReport(10)] },
    { queries: { estimateTimes: 1e9 } },
  );
  const answer = await readHistories(deps, request);
  expect(answer).toMatchObject({
    kind: 'too-expensive',
    fittingDays: expect.any(Number) as number,
  });
  expect(
    seen.filter((each) => !each.includes('| estimate') && !each.startsWith('estimate')),
  ).toEqual([]);
});

test('a group that is denied or missing is said, and the others go on', async () => {
  const parts = await world(
    { orders: [textReport(10)], secret: [textReport(10)] },
    { logGroups: { '/aws/lambda/secret': { denied: true } } },
    ['orders', 'secret', 'nothing'],
  );
  const { answers } = await read(parts);
  expect(answers[0]?.history?.invocations).toBe(1);
  expect(answers[1]?.problem).toContain('logs:StartQuery');
  expect(answers[2]?.problem).toContain('there is no log group /aws/lambda/nothing');
});

test('a query that failed is tried once more, and one that AWS cancelled is said', async () => {
  const once = await world(
    { orders: [textReport(10)] },
    { queries: { ending: (n) => (n === 2 ? 'Failed' : undefined) } },
  );
  expect((await read(once)).answers[0]?.history?.invocations).toBe(1);
  const cancelled = await world(
    { orders: [textReport(10)] },
    { queries: { ending: () => 'Cancelled' } },
  );
  expect((await read(cancelled)).answers[0]?.problem).toBe(
    'the query was cancelled by somebody else',
  );
});

test('a query that scans more than it may is stopped', async () => {
  const lines = Array.from({ length: 50 }, () => textReport(10));
  const parts = await world(
    { orders: lines },
    { queries: { estimateTimes: 0, chunkDelayMs: 100 } },
  );
  const { answers } = await read(parts, { maxUsd: 1e-9 });
  expect(answers[0]?.problem).toContain('--max-usd');
  const { queries } = { queries: parts.seen.length };
  expect(queries).toBeGreaterThan(0);
});

test('a function without an invocation in the window is said to have none', async () => {
  const parts = await world({}, { logGroups: { '/aws/lambda/idle': {} } }, ['idle']);
  const { answers } = await read(parts);
  expect(answers[0]).toMatchObject({
    history: null,
    problem: expect.stringContaining('no invocation in the window') as string,
  });
});

test('a history by events reads the same numbers without a query', async () => {
  const parts = await world({
    orders: [textReport(10), textReport(30)],
    thumbs: [jsonReport(5, 'success')],
  });
  const { answers, spent } = await read(parts, { by: 'events' });
  expect(answers[0]?.history?.sizes[0]).toMatchObject({ invocations: 2, durationMs: { max: 30 } });
  expect(answers[1]?.history?.sizes[0]).toMatchObject({ invocations: 1, errors: 0 });
  expect(spent).toMatchObject({ by: 'events', queries: 0, usd: 0 });
  expect(parts.seen).toEqual([]);
});

test('a retention shorter than the window is said, and figures a month are of the time that is kept', async () => {
  const parts = await world(
    { orders: [textReport(10)] },
    { logGroups: { '/aws/lambda/orders': { retentionDays: 7 } } },
  );
  const { answers } = await read(parts);
  expect(answers[0]?.notes[0]).toContain('keeps 7 days');
  expect(answers[0]?.history?.invocationsPerMonth).toBeCloseTo(30.4375 / 7, 6);
});

test('stopping a history stops the query that is under way', async () => {
  const parts = await world({ orders: [textReport(10)] }, { queries: { startDelayMs: 60_000 } });
  let looks = 0;
  const stopped = (): boolean => {
    looks += 1;
    return looks > 2;
  };
  expect(await readHistories({ ...parts.deps, stopped }, parts.request)).toEqual({
    kind: 'stopped',
  });
});
