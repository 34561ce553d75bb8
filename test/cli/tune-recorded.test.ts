import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { INVERSE_LAW } from '../flow/embedded-target.ts';
import { powerdial, scratch } from './powerdial.ts';

const { file, remove } = scratch();
const recording = file('orders.json', JSON.stringify(INVERSE_LAW));

afterAll(remove);

test('--json prints the one result and nothing else; progress goes to standard error', async () => {
  const { code, stdout, stderr } = await powerdial(
    'tune',
    '--recorded',
    recording,
    '--json',
    '--memory',
    '128,512,1769',
    '--invocations',
    '20',
  );
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as Result;
  expect(result).toMatchObject({
    schemaVersion: 1,
    emulated: true,
    emulation: { cpu: 'recorded' },
    verdict: 'change',
    recommendation: { memoryMb: 1769 },
    current: { memoryMb: 512, timeoutSeconds: 60 },
    // 20 warm ones of each size, a cold start of each, and the trial.
    spent: { invocations: 64 },
    observations: {
      columns: [
        'memoryMb',
        'durationMs',
        'billedMs',
        'initMs',
        'maxMemoryUsedMb',
        'cold',
        'outcome',
        'payload',
        'atMs',
        'environment',
      ],
    },
  });
  expect((result.observations as unknown as { rows: unknown[] }).rows).toHaveLength(63);
  expect(stderr).toContain('1769 MB is published');
});

test('tune of a recorded function with the same seed gives the same result, observations and their times included', async () => {
  const run = async (): Promise<Result> => {
    const { stdout } = await powerdial(
      'tune',
      '--recorded',
      recording,
      '--json',
      '--seed',
      '5',
      '--cold-starts',
      '3',
      '--quiet',
    );
    return JSON.parse(stdout) as Result;
  };
  const [one, other] = [await run(), await run()];
  // Who a run is differs: its name and when it began.
  const { run: first, ...result } = one;
  const { run: second, ...again } = other;
  expect(again).toEqual(result);
  expect(second).toEqual({ ...first, id: second?.id, startedAt: second?.startedAt });
  for (const { coldStarts } of one.sizes) expect(coldStarts).toBe(3);
});

test('--quiet prints the table and the sentence alone into a pipe', async () => {
  const { code, stdout, stderr } = await powerdial(
    'tune',
    '--recorded',
    recording,
    '--quiet',
    '--memory',
    '128,1769',
    '--invocations',
    '10',
  );
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain('1769 MB');
  // No escape sequence where there is no terminal.
  expect(stdout).not.toContain('\u001b');
});

test('--out writes each format, told by its extension', async () => {
  const outputs = ['result.json', 'result.md', 'result.html', 'result.csv', 'result.svg'].map(
    (name) => file(name, ''),
  );
  const { code } = await powerdial(
    'tune',
    '--recorded',
    recording,
    '--quiet',
    ...outputs.flatMap((output) => ['--out', output]),
  );
  expect(code).toBe(0);
  const [json = '', markdown = '', html = '', csv = '', svg = ''] = outputs.map((output) =>
    readFileSync(output, 'utf8'),
  );
  expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1 });
  expect(markdown).toContain('| ');
  expect(html).toMatch(/^<!doctype html>/i);
  expect(csv.split('\n').length).toBeGreaterThan(3);
  expect(svg).toMatch(/^<svg /);
});

test('--dry-run prints the plan in words and invokes nothing', async () => {
  const { code, stdout } = await powerdial(
    'tune',
    '--recorded',
    recording,
    '--dry-run',
    '--quiet',
    '--memory',
    '128,512',
    '--invocations',
    '7',
  );
  expect(code).toBe(0);
  // 7 of each size, one more of each that may be cold, and the trial.
  expect(stdout.replaceAll('\u00a0', ' ')).toContain(
    'first       128, 512 MB with 7 invocations each\nat most     17 real invocations, trials among them, for 1.00 USD',
  );
});

const NEGATIVE = file(
  'negative.json',
  JSON.stringify({ name: 'orders', memory: { '128': { warmMs: [5, -1] } } }),
);
const EMPTY = file(
  'empty.json',
  JSON.stringify({ name: 'orders', memory: { '128': { warmMs: [] } } }),
);
const DEAD = file(
  'dead.json',
  JSON.stringify({
    name: 'orders',
    memory: {
      '128': { warmMs: [5], outcome: 'out-of-memory' },
      '3008': { warmMs: [5], outcome: 'out-of-memory' },
    },
  }),
);

test.each<[string, string[], number, RegExp]>([
  ['nothing to tune', [], 2, /wanted something to tune/],
  ['two things to tune', ['my-fn', '--recorded', recording], 2, /wanted one thing to tune/],
  [
    'no such file',
    ['--recorded', '/nowhere.json'],
    2,
    /cannot read \/nowhere\.json: there is no such file/,
  ],
  ['a negative duration', ['--recorded', NEGATIVE], 2, /warmMs\[1\]: wanted at least 0, it is -1/],
  ['no durations', ['--recorded', EMPTY], 2, /warmMs: wanted at least 1/],
  [
    'a payload that is no JSON',
    ['--recorded', recording, '--payload', '{oops'],
    2,
    /--payload: wanted a file of JSON, or JSON itself/,
  ],
  [
    'memory below 128',
    ['--recorded', recording, '--memory', '64'],
    2,
    /--memory: wanted at least 128, it is 64/,
  ],
  [
    'memory above 10240',
    ['--recorded', recording, '--memory', '128,20000'],
    2,
    /--memory: wanted at most 10240, it is 20000/,
  ],
  [
    'no invocations',
    ['--recorded', recording, '--invocations', '0'],
    2,
    /invocations: wanted at least 1, it is 0/,
  ],
  [
    'an unknown option',
    ['--recorded', recording, '--memroy', '128'],
    2,
    /unknown option '--memroy'[\s\S]*--memory/,
  ],
  [
    'an unknown format',
    ['--recorded', recording, '--out', 'result.pdf'],
    2,
    /--out: .*result\.pdf/,
  ],
  [
    'a limit that no size meets',
    ['--recorded', recording, '--max-duration', 'p95=1ms', '--quiet'],
    3,
    /NothingMeasured: No size meets the limits/,
  ],
  ['killed at every size', ['--recorded', DEAD, '--quiet'], 3, /NothingMeasured/],
])(
  'tune --recorded names what went wrong, with its exit code: %s',
  async (_, args, code, message) => {
    const ended = await powerdial('tune', ...args);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
  },
);

test('tune tells all problems of a command line in one message', async () => {
  const { code, stderr } = await powerdial(
    'tune',
    '--recorded',
    '/nowhere.json',
    '--memory',
    '1',
    '--invocations',
    '0',
    '--payload',
    '{',
    '--goal',
    'best',
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/5 problems/);
});

test('a failed run never looks like a successful one, in JSON either', async () => {
  const { code, stdout } = await powerdial('tune', '--recorded', DEAD, '--json', '--quiet');
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ failed: true, error: 'NothingMeasured' });
});
