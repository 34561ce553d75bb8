import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import type { HistoryOptions } from '../../src/cli/history/history-options.ts';
import { runHistory } from '../../src/cli/history/run-history.ts';
import { logsCommand } from '../../src/cli/logs/run-logs.ts';
import { loadLog, loggedFunction, servedLogs } from '../../src/cli/serve/served-logs.ts';
import type { Terminal } from '../../src/cli/shared/terminal.ts';
import { startLambdaEndpoint } from '../../src/emulator/index.ts';
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

async function served(logs: Readonly<Record<string, string>>): Promise<void> {
  const endpoint = await startLambdaEndpoint();
  onTestFinished(() => endpoint.close());
  const texts = Object.entries(logs).map(([name, text]) => `${name}=${file(`${name}.log`, text)}`);
  for (const log of await servedLogs(texts, process.stdin)) {
    const memoryMb = (await loadLog(log, endpoint, Date.now())) ?? 128;
    const { seed: _, ...definition } = loggedFunction(log.name, 'us-east-1');
    endpoint.addFunction({ ...definition, memoryMb });
  }
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  onTestFinished(() => void vi.unstubAllEnvs());
}

async function run(functions: readonly string[], options: Partial<HistoryOptions> = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const terminal = { stdin: process.stdin, stdout, stderr, env: {} } as unknown as Terminal;
  const code = await runHistory(
    functions,
    { since: '14d', by: 'insights', maxUsd: '0.50', ...options },
    terminal,
  );
  const textOf = (stream: PassThrough): string => String((stream.read() as Buffer | null) ?? '');
  return { code, stdout: textOf(stdout), stderr: textOf(stderr) };
}

test('history of one served log file is a table, what it cannot tell, and the next command', async () => {
  await served({ orders: reports(1024, 100) });
  const { code, stdout, stderr } = await run(['orders'], { verbose: true });
  expect(code).toBe(0);
  expect(stdout).toContain('orders: 3 invocations in 14 days');
  expect(stdout.replaceAll('\u00a0', ' ')).toContain('permits 128 MB: a saving of at most 88 %');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('at another size, history cannot tell.');
  expect(stdout).toContain('powerdial tune orders --payload <file>');
  expect(stderr).toContain('Logs Insights will scan about');
  expect(stderr).toContain('| stats count(*) as n');
});

test('history of many is a ranking with risks first, in JSON and in every kind of file', async () => {
  await served({ orders: reports(1024, 100), full: reports(128, 128) });
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
  await served({});
  const { code, stdout } = await run(['nobody']);
  expect(code).toBe(3);
  expect(stdout).toContain('there is no log group /aws/lambda/nobody');
});

test('logs reads the reports of a function from CloudWatch Logs, and judges the memory of each size', async () => {
  await served({ orders: reports(1024, 100) });
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
