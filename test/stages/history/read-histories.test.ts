import { expect, onTestFinished, test } from 'vitest';
import { historyCalls } from '../../../src/aws/history-calls.ts';
import { lambdaDeps } from '../../../src/aws/lambda-deps.ts';
import { startLambdaEndpoint, type LambdaEndpointOptions } from '../../../src/emulator/index.ts';
import type { HistoryRequest } from '../../../src/stages/history/history-request.ts';
import { readHistories } from '../../../src/stages/history/read-histories.ts';
import { loggedFunction } from '../../../src/cli/serve/read-served-logs.ts';

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

test('as many rows as the limit are cut off: they are asked for again by half of the groups, then of the time', async () => {
  const lines = [10, 20, 40, 80, 160, 320].map((ms) => textReport(ms));
  const parts = await world({ orders: lines, thumbs: [textReport(7)] });
  // Six durations in two versions are six rows of orders, an hour apart at least once the day is halved.
  const { answers, spent } = await read(parts, { rowLimit: 7, sinceMs: NOW_MS - 2 * DAY_MS });
  expect(answers.map(({ history }) => history?.invocations)).toEqual([6, 1]);
  expect(spent.queries).toBe(3);
  expect(answers[0]?.history?.sizes[0]?.durationMs.max).toBe(320);
});

test('rows that are too many even for an hour of one group are said, and its other hours are not paid for', async () => {
  const lines = [10, 20, 40, 80, 160, 320].map((ms) => textReport(ms));
  const parts = await world({ orders: lines, thumbs: [textReport(7)] });
  const { answers, spent } = await read(parts, { rowLimit: 4, sinceMs: NOW_MS - 2 * DAY_MS });
  expect(answers[0]?.problem).toBe(
    'the answer was cut off at the row limit, even for an hour of the log',
  );
  expect(answers[1]?.history?.invocations).toBe(1);
  // Both; orders for 48, 24, 12, 6, 3, 1.5 and 0.75 hours, first halves that are empty beside them; thumbs.
  expect(spent.queries).toBeLessThan(20);
});

test('a query that times out is halved, and a group that times out for an hour costs no query for its other hours', async () => {
  const whole = await world(
    { orders: [textReport(10)] },
    { queries: { ending: (n) => (n === 2 ? 'Timeout' : undefined) } },
  );
  const halved = await read(whole, { sinceMs: NOW_MS - 2 * DAY_MS });
  expect(halved.answers[0]?.history?.invocations).toBe(1);
  expect(halved.spent.queries).toBe(3);
  const never = await world({ orders: [textReport(10)] }, { queries: { ending: () => 'Timeout' } });
  const { answers, spent } = await read(never, { sinceMs: NOW_MS - 4 * 3_600_000 });
  expect(answers[0]?.problem).toBe('the query timed out, even for an hour of the log');
  // 4, 2 and 1 hours.
  expect(spent.queries).toBe(3);
});

test('more than 10,000 rows are fetched page by page, none missing and none twice', async () => {
  // 101 sizes with 100 durations each, 3 % apart: no two in one bucket.
  const lines = Array.from({ length: 10_100 }, (_, index) =>
    jsonReport(10 * 1.03 ** (index % 100), 'success').replace(
      '"memorySizeMB":1024',
      `"memorySizeMB":${128 + Math.floor(index / 100)}`,
    ),
  );
  const parts = await world({ orders: [lines.join('')] });
  let pages = 0;
  const readQuery: typeof parts.deps.readQuery = (...query) => {
    if (query[1] !== null) pages += 1;
    return parts.deps.readQuery(...query);
  };
  const { answers, spent } = await read({ ...parts, deps: { ...parts.deps, readQuery } });
  // A page is asked for 500 rows: twenty more follow the first.
  expect(pages).toBe(20);
  expect(spent.rows).toBe(10_100);
  expect(answers[0]?.history?.sizes).toHaveLength(101);
  expect(answers[0]?.history?.invocations).toBe(10_100);
});

test('groups of the class Infrequent Access are asked one by one, and of the class Delivery not at all', async () => {
  const parts = await world(
    {
      orders: [textReport(10)],
      thumbs: [textReport(10)],
      rare: [textReport(20)],
      cold: [textReport(30)],
      shipped: [textReport(40)],
    },
    {
      logGroups: {
        '/aws/lambda/rare': { class: 'INFREQUENT_ACCESS' },
        '/aws/lambda/cold': { class: 'INFREQUENT_ACCESS' },
        '/aws/lambda/shipped': { class: 'DELIVERY' },
      },
    },
  );
  const { answers, spent } = await read(parts);
  expect(answers.map(({ history }) => history?.sizes[0]?.durationMs.max)).toEqual([
    10,
    10,
    20,
    30,
    undefined,
  ]);
  expect(spent.queries).toBe(3);
  expect(answers[4]?.problem).toContain('the class Delivery, which nobody can query');
});

test('half of the groups denied leave the other half whole', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
  const parts = await world(Object.fromEntries(names.map((name) => [name, [textReport(10)]])), {
    logGroups: Object.fromEntries(
      names
        .filter((_, index) => index % 2 === 1)
        .map((name) => [`/aws/lambda/${name}`, { denied: true }]),
    ),
    queries: { startsPerSecond: 1000 },
  });
  const { answers } = await read(parts);
  expect(answers.map(({ history }) => history?.invocations ?? null)).toEqual([
    1,
    null,
    1,
    null,
    1,
    null,
    1,
    null,
  ]);
  expect(answers[1]?.problem).toContain('not authorized to perform: logs:StartQuery');
});

test('a group that is encrypted and denied is said to need its key, too', async () => {
  const parts = await world(
    { orders: [textReport(10)], secret: [textReport(10)] },
    { logGroups: { '/aws/lambda/secret': { denied: true, kmsKeyId: 'key' } } },
  );
  const { answers } = await read(parts);
  expect(answers[0]?.history?.invocations).toBe(1);
  expect(answers[1]?.notes.join()).toContain('kms:Decrypt');
});

test('a window that ends before a group keeps anything is said of that group, and the others go on', async () => {
  const parts = await world(
    { orders: [textReport(10)], young: [textReport(10)] },
    { logGroups: { '/aws/lambda/young': { retentionDays: 1 } } },
  );
  const old = { sinceMs: NOW_MS - 14 * DAY_MS, untilMs: NOW_MS - 2 * DAY_MS };
  const { answers } = await read(parts, old);
  expect(answers[0]?.problem).toContain('no invocation in the window');
  expect(answers[1]?.problem).toContain('log retention settings');
});

test('a query that fails twice is said of its functions', async () => {
  const parts = await world({ orders: [textReport(10)] }, { queries: { ending: () => 'Failed' } });
  const { answers, spent } = await read(parts);
  expect(answers[0]).toMatchObject({ history: null, problem: 'the query failed twice' });
  expect(spent.queries).toBe(2);
});

test('durations that are negative or above 15 minutes are counted as impossible and are in no number', async () => {
  const parts = await world({
    orders: [textReport(10), textReport(-5), textReport(1_000_000), textReport(900_000)],
    thumbs: [jsonReport(-1, 'success'), jsonReport(5, 'success'), jsonReport(9e9, 'success')],
  });
  const { answers } = await read(parts);
  expect(answers[0]?.history).toMatchObject({ invocations: 2, impossible: 2 });
  expect(answers[0]?.history?.sizes[0]?.durationMs).toMatchObject({ p50: 10, max: 900_000 });
  expect(answers[1]?.history).toMatchObject({ invocations: 1, impossible: 2 });
  expect(answers[1]?.history?.sizes[0]?.durationMs).toMatchObject({ mean: 5, max: 5 });
});

test('a report without a size or a duration is counted as unreadable and is in no number', async () => {
  const parts = await world({
    orders: [
      textReport(10),
      textReport(10).replace('Memory Size: 1024 MB', ''),
      textReport(10).replace(/\tDuration: [^\t]*/, ''),
    ],
  });
  const { answers } = await read(parts);
  expect(answers[0]?.history).toMatchObject({ invocations: 1, unreadable: 2, impossible: 0 });
});

test('one function with text and with JSON logs is one history, whose errors are not known', async () => {
  const parts = await world({
    orders: [textReport(10), jsonReport(20, 'success'), jsonReport(30, 'error')],
  });
  const { answers } = await read(parts);
  expect(answers[0]?.history).toMatchObject({ invocations: 3 });
  expect(answers[0]?.history?.sizes[0]).toMatchObject({ errors: null, durationMs: { max: 20 } });
});

test('a function whose system log level hides reports is told how to see them', async () => {
  const { seed: _, ...definition } = loggedFunction('quiet', 'us-east-1');
  const parts = await world(
    {},
    {
      logGroups: { '/aws/lambda/quiet': {} },
      functions: [
        {
          ...definition,
          memoryMb: 1024,
          timeoutSeconds: 30,
          logFormat: 'JSON',
          systemLogLevel: 'WARN',
        },
      ],
    },
    ['quiet'],
  );
  const { answers } = await read(parts);
  expect(answers[0]?.problem).toContain('its system log level is WARN');
  expect(answers[0]?.problem).toContain('SystemLogLevel=INFO');
  expect(answers[0]?.problemCode).toBe('no-report');
});

test('an unused function is told with its code size and its versions', async () => {
  const parts = await world({}, { logGroups: { '/aws/lambda/idle': {} } }, ['idle']);
  const { answers } = await read(parts);
  expect(answers[0]?.unused).toEqual(await parts.deps.readFootprint('idle'));
  expect(answers[0]?.problemCode).toBe('no-invocation');
  expect(answers[0]?.problem).toMatch(
    /it is unused; it holds [0-9.]+ MB of code, in \d+ published versions? and \$LATEST/,
  );
});

test('lines that a skewed clock put behind the end of the window are in no history', async () => {
  const parts = await world({ orders: [textReport(10), textReport(20)] });
  const { answers } = await read(parts, {
    sinceMs: NOW_MS - 14 * DAY_MS,
    untilMs: NOW_MS - DAY_MS - 60_000,
  });
  expect(answers[0]).toMatchObject({ history: null });
  expect(answers[0]?.problem).toContain('no invocation in the window');
});

test('stopping leaves no query under way at CloudWatch Logs', async () => {
  const parts = await world({ orders: [textReport(10)] }, { queries: { startDelayMs: 60_000 } });
  const ids: string[] = [];
  const startQuery: typeof parts.deps.startQuery = async (query) => {
    const id = await parts.deps.startQuery(query);
    ids.push(id);
    return id;
  };
  let looks = 0;
  const stopped = (): boolean => (looks += 1) > 2;
  await readHistories({ ...parts.deps, startQuery, stopped }, parts.request);
  expect(ids).toHaveLength(1);
  const states = await Promise.all(ids.map((id) => parts.deps.readQuery(id, null)));
  expect(states.map(({ status }) => status)).toEqual(['Cancelled']);
});

test('a group of a few hundred calls that are nearly alike is asked again, and its timeout is that of the values', async () => {
  // 600 calls of 60 ms and one of 61.5 ms: no tail that could be fitted, so that the present timeout stays.
  const narrow = Array.from({ length: 600 }, (_, index) => textReport(60 + (index % 7) / 100));
  const parts = await world({
    orders: [[...narrow, textReport(61.5)].join('')],
    rare: [textReport(5)],
  });
  const { answers, spent } = await read(parts);
  expect(spent.queries).toBe(2);
  const counted = parts.seen.filter((each) => each.startsWith('/') && !each.includes('| estimate'));
  expect(counted.map((each) => each.split(':')[0])).toEqual([
    '/aws/lambda/orders,/aws/lambda/rare',
    '/aws/lambda/orders',
  ]);
  expect(answers[0]?.history).toMatchObject({
    invocations: 601,
    impossible: 0,
    timeout: { basis: 'insufficient', recommendedSeconds: 30 },
  });
  expect(answers[1]?.history?.invocations).toBe(1);
});
