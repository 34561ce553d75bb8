import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare, readPlatformLog, tune, type RunEvent } from '../../src/api/index.ts';
import { scratch } from '../cli/powerdial.ts';
import { reportsOf, serveHistory } from './history/served-history.ts';

const { file, remove } = scratch();
let served: Awaited<ReturnType<typeof serveHistory>>;

beforeAll(async () => {
  served = await serveHistory({ orders: file('orders.log', reportsOf(3)) });
});

afterAll(async () => {
  await served.close();
  remove();
});

const ORDERS = 'examples/recorded/orders.json';

const EXAMPLES = [
  ...readFileSync('docs/api.md', 'utf8').matchAll(
    /## `(\w+)`\n\n```js\n([^`]*(?:`[^`\n]*`[^`]*)*)\n```/g,
  ),
];

test('docs/api.md has an example of everything that the package offers to programs', () => {
  expect(EXAMPLES.map(([, name]) => name)).toEqual([
    'tune',
    'check',
    'compare',
    'recommend',
    'history',
    'readPlatformLog',
  ]);
});

test.each(EXAMPLES.map(([, name = '', code = '']) => [name, code] as const))(
  'the example of %s runs as docs/api.md has it',
  async (_, code) => {
    // A process of its own: the endpoint that the example of history asks answers from this one.
    const program = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', code], {
      env: { ...process.env, ...served.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, ended] = await Promise.all([
      text(program.stdout),
      text(program.stderr),
      once(program, 'close') as Promise<[number | null]>,
    ]);
    expect(stderr).toBe('');
    expect(ended[0]).toBe(0);
    expect(stdout).not.toBe('');
  },
);

test('tune returns the result of the command, and tells what happens', async () => {
  const events: RunEvent[] = [];
  const result = await tune({
    recorded: ORDERS,
    input: { memorySizes: [128, 512], invocations: 5, seed: 7 },
    onEvent: (event) => events.push(event),
  });
  expect(result).toMatchObject({
    schemaVersion: 1,
    emulated: true,
    sizes: [{ memoryMb: 128 }, { memoryMb: 512 }],
    observations: { columns: expect.arrayContaining(['memoryMb', 'durationMs']) as string[] },
  });
  const kinds = new Set(events.map(({ kind }) => kind));
  for (const kind of ['run-started', 'inspected', 'measuring', 'restored', 'cleaned-up'] as const) {
    expect(kinds).toContain(kind);
  }
});

test('tune tells every problem of a request before anything is invoked', async () => {
  const wrong = tune({ recorded: ORDERS, input: { memorySizes: [1], invocations: 0 } });
  const error = await wrong.then(
    () => null,
    (reason: unknown) => reason as { problems: unknown[] },
  );
  expect(error?.problems).toHaveLength(2);
  await expect(tune({ local: 'a.mjs', recorded: ORDERS })).rejects.toThrow(
    /wanted one thing to tune/,
  );
});

test('a run that its signal stops ends with what it had measured', async () => {
  const controller = new AbortController();
  const run = tune({
    recorded: ORDERS,
    input: { memorySizes: [128, 512], invocations: 50 },
    signal: controller.signal,
    onEvent: ({ kind }) => {
      if (kind === 'measuring') controller.abort();
    },
  });
  await expect(run).rejects.toMatchObject({
    name: 'AbortError',
    result: { verdict: 'inconclusive' },
  });
});

test('compare refuses results without observations, and values that are not rules', async () => {
  const result = await tune({ recorded: ORDERS, input: { memorySizes: [512], invocations: 5 } });
  const empty = {} as typeof result;
  expect(() => compare({ base: empty, head: result })).toThrow(/base: wanted a result/);
  const config = { budgets: { 'duration.p51': { max: '1 s' } } } as never;
  expect(() => compare({ base: result, head: result, config })).toThrow(/duration\.p51/);
});

test('readPlatformLog reads texts and bytes alike', async () => {
  const line =
    'REPORT RequestId: 3f2a1b4c-0000-4000-8000-000000000001\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 60 MB\tInit Duration: 100.00 ms\t\n';
  for (const log of [line, Buffer.from(line)]) {
    const found = [];
    for await (const each of readPlatformLog(log)) found.push(each);
    expect(found).toMatchObject([
      {
        durationMs: 12.34,
        billedMs: 13,
        memorySizeMb: 512,
        maxMemoryUsedMb: 60,
        initMs: 100,
        cold: true,
      },
    ]);
  }
});
