import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import type { HistoryOptions } from '../../src/cli/history/history-options.ts';
import { runHistory } from '../../src/cli/history/run-history.ts';
import { logsCommand } from '../../src/cli/logs/run-logs.ts';
import { loadLog, loggedFunction, readServedLogs } from '../../src/cli/serve/read-served-logs.ts';
import type { Terminal } from '../../src/cli/shared/terminal.ts';
import { startLambdaEndpoint, type LambdaEndpointOptions } from '../../src/emulator/index.ts';
import { scratch } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

/** Of a day ago, so that the default window holds it. */
const AT = new Date(Date.now() - 86_400_000).toISOString();

function reports(memoryMb: number, usedMb: number): string {
  return Array.from(
    { length: 3 },
    (_, index) =>
      `${AT} REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2b${index}\tDuration: 100.00 ms\tBilled Duration: 100 ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: ${usedMb} MB\t\n`,
  ).join('');
}

async function serveLogs(
  logs: Readonly<Record<string, string>>,
  options: LambdaEndpointOptions = {},
  tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<string> {
  const endpoint = await startLambdaEndpoint(options);
  onTestFinished(() => endpoint.close());
  const texts = Object.entries(logs).map(([name, text]) => `${name}=${file(`${name}.log`, text)}`);
  for (const log of await readServedLogs(texts, process.stdin)) {
    const memoryMb = (await loadLog(log, endpoint, Date.now())) ?? 128;
    const { seed: _, ...definition } = loggedFunction(log.name, 'us-east-1');
    endpoint.addFunction({ ...definition, memoryMb, tags: tags[log.name] ?? {} });
  }
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  onTestFinished(() => void vi.unstubAllEnvs());
  return endpoint.url;
}

async function run(
  functions: readonly string[],
  options: Partial<HistoryOptions> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const terminal = { stdin: process.stdin, stdout, stderr, env } as unknown as Terminal;
  const code = await runHistory(
    functions,
    { since: '14d', by: 'insights', maxUsd: '0.50', ...options },
    terminal,
  );
  const textOf = (stream: PassThrough): string => String((stream.read() as Buffer | null) ?? '');
  return { code, stdout: textOf(stdout), stderr: textOf(stderr) };
}

test('history of one served log file is a table, what it cannot tell, and the next command', async () => {
  await serveLogs({ orders: reports(1024, 100) });
  const { code, stdout, stderr } = await run(['orders'], { verbose: true });
  expect(code).toBe(0);
  expect(stdout).toContain('orders: 3 invocations in 14 days');
  expect(stdout.replaceAll('\u00a0', ' ')).toContain('permits 128 MB: a saving of at most 88 %');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'History cannot tell how fast it is at another size.',
  );
  expect(stdout).toContain('powerdial tune orders --payload <file>');
  expect(stderr).toContain('Logs Insights will scan about');
  expect(stderr).toContain('| stats count(*) as n');
});

test('history writes colours into a pipe where FORCE_COLOR asks for them, and none where NO_COLOR is set beside it', async () => {
  await serveLogs({ orders: reports(1024, 100) });
  const forced = await run(['orders'], {}, { FORCE_COLOR: '1' });
  expect(forced.stdout).toContain('\u001b[');
  const both = await run(['orders'], {}, { FORCE_COLOR: '1', NO_COLOR: '1' });
  expect(both.stdout).not.toContain('\u001b');
});

test('history of many is a ranking with risks first, in JSON and in every kind of file', async () => {
  await serveLogs({ orders: reports(1024, 100), full: reports(128, 128) });
  const out = ['h.json', 'h.md', 'h.html', 'h.csv'].map((name) => file(name, ''));
  const { code, stdout } = await run([], { name: '*', json: true, out });
  expect(code).toBe(0);
  const answer = JSON.parse(stdout) as { functions: { function: string; problem: null }[] };
  expect(answer).toMatchObject({ schemaVersion: 1, spent: { by: 'insights', queries: 1 } });
  expect(answer.functions.map((each) => each.function)).toEqual(['full', 'orders']);
  const [json = '', markdown = '', html = '', csv = ''] = out.map((path) =>
    readFileSync(path, 'utf8'),
  );
  expect(JSON.parse(json)).toEqual(answer);
  expect(markdown).toContain('memory is nearly full');
  expect(html).toContain('<h2>orders: 3 invocations in 14 days');
  expect(csv.split('\r\n')).toHaveLength(4);
});

test('wrong usage of history is told together, before anything is asked of AWS', async () => {
  await expect(
    run(['orders:live'], { maxUsd: 'much', out: ['h.png'], all: true }),
  ).rejects.toMatchObject({ problems: expect.objectContaining({ length: 4 }) as string[] });
  await expect(run(['orders'], { since: 'yesterday' })).rejects.toThrow('--since: wanted 14d');
  await expect(run([])).rejects.toThrow('wanted a function, or --all');
});

test('a function whose logs cannot be read is no success', async () => {
  await serveLogs({});
  const { code, stdout } = await run(['nobody']);
  expect(code).toBe(3);
  expect(stdout).toContain('there is no log group /aws/lambda/nobody');
});

test('logs reads the reports of a function from CloudWatch Logs, and judges the memory of each size', async () => {
  await serveLogs({ orders: reports(1024, 100) });
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const terminal = { stdin: process.stdin, stdout, stderr, env: {} } as unknown as Terminal;
  expect(await logsCommand([], { function: 'orders', since: '2d' }, terminal)).toBe(0);
  const text = String(stdout.read()).replaceAll(/\s+/g, ' ');
  expect(text).toContain('1024 MB 3 0 100 ms');
  expect(text).toContain('1024 MB holds more than is used: 128 MB would do');
  await expect(logsCommand(['a.log'], { function: 'orders' }, terminal)).rejects.toThrow('both');
});

function namesOf(stdout: string): readonly string[] {
  const answer = JSON.parse(stdout) as { functions: { function: string }[] };
  return answer.functions.map((each) => each.function).toSorted();
}

test('history chooses functions of the region by --all, by --name and by every --tag', async () => {
  const log = reports(1024, 100);
  await serveLogs(
    { 'orders-a': log, 'orders-b': log, thumbs: log, 'my-orders-c': log },
    { queries: { startsPerSecond: 1000 } },
    {
      'orders-a': { team: 'shop', stage: 'prod' },
      'orders-b': { team: 'shop', stage: 'dev' },
      thumbs: { team: 'shop=x', stage: 'prod' },
    },
  );
  const json = { json: true, quiet: true };
  expect(namesOf((await run([], { ...json, all: true })).stdout)).toHaveLength(4);
  const byName = await run([], { ...json, name: 'orders-*' });
  expect(namesOf(byName.stdout)).toEqual(['orders-a', 'orders-b']);
  const byTags = await run([], { ...json, tag: ['team=shop', 'stage=prod'] });
  expect(namesOf(byTags.stdout)).toEqual(['orders-a']);
  const withSign = await run([], { ...json, tag: ['team=shop=x'] });
  expect(namesOf(withSign.stdout)).toEqual(['thumbs']);
  const both = await run([], { ...json, name: 'orders-*', tag: ['stage=dev'] });
  expect(namesOf(both.stdout)).toEqual(['orders-b']);
  await expect(run([], { tag: ['team=nobody'] })).rejects.toThrow(
    'no function of the region fits --tag and --name',
  );
});

/** What tune hands over, as far as it is held against a history. */
function resultOf(name: string, memoryMb: number): object {
  const durationMs = { mean: 90, low: 85, high: 95, p50: 88, p95: 120, p99: 130, max: 140 };
  return {
    target: { function: `arn:aws:lambda:us-east-1:123456789012:function:${name}` },
    recommendation: { memoryMb },
    sizes: [{ memoryMb, durationMs, costUsdPerMillion: { mean: 1.7, low: 1.6, high: 1.8 } }],
  };
}

test('history compares what a result promised with what was seen since, for the function of that result alone', async () => {
  await serveLogs({ orders: reports(1024, 100), thumbs: reports(1024, 100) });
  const againstResult = file('r.json', JSON.stringify(resultOf('orders', 1024)));
  const { stdout } = await run(['orders', 'thumbs'], { againstResult, json: true });
  const { functions } = JSON.parse(stdout) as {
    functions: { function: string; against: object }[];
  };
  // 0.1 s of 1 GB at 0.0000166667 USD, and 0.2 USD a million requests.
  expect(functions.find((each) => each.function === 'orders')?.against).toMatchObject({
    memoryMb: 1024,
    promised: { p50: 88, p95: 120, costUsdPerMillion: 1.7 },
    seen: { p50: 100, p95: 100, costUsdPerMillion: expect.closeTo(1.86667, 4) as number },
  });
  expect(functions.find((each) => each.function === 'thumbs')?.against).toBeNull();
  const text = (await run(['orders'], { againstResult })).stdout.replaceAll(/\s+/g, ' ');
  expect(text).toContain('At 1024 MB the result promised p50 88');
  const other = file('s.json', JSON.stringify(resultOf('orders', 512)));
  const unseen = (await run(['orders'], { againstResult: other })).stdout.replaceAll(/\s+/g, ' ');
  expect(unseen).toContain('The result promised 512 MB, which was not seen in the window.');
});

test('a file for --against-result that is missing or is no result is wrong usage', async () => {
  await serveLogs({ orders: reports(1024, 100) });
  await expect(run(['orders'], { againstResult: 'nowhere.json' })).rejects.toThrow(
    '--against-result: cannot read nowhere.json',
  );
  for (const text of ['{"sizes": []}', '{"target": {}, "sizes": [{}]}', 'null']) {
    await expect(run(['orders'], { againstResult: file('w.json', text) })).rejects.toThrow(
      '--against-result: wanted a result of powerdial tune',
    );
  }
});

test('Ctrl-C stops the running query of a history and ends with 130', async () => {
  const url = await serveLogs(
    { orders: reports(1024, 100) },
    { queries: { startDelayMs: 60_000 } },
  );
  const running = run(['orders'], { json: true });
  const statuses = async (): Promise<readonly string[]> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'Logs_20140328.DescribeQueries',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: '{}',
    });
    const { queries } = (await response.json()) as { queries: { status: string }[] };
    return queries.map(({ status }) => status);
  };
  await vi.waitFor(async () => expect(await statuses()).toHaveLength(1), { timeout: 60_000 });
  // As the kernel would: the listeners of this process are those of the command.
  process.emit('SIGINT', 'SIGINT');
  const { code, stdout, stderr } = await running;
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toContain('Stopping the query.');
  expect(await statuses()).toEqual(['Cancelled']);
});
