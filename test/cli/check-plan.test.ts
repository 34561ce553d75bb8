import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toCheckTable } from '../../src/stages/check/check-codec.ts';
import { FACTS, sideOf } from '../core/compare/sides.ts';
import { powerdial, scratch } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const OK = file(
  'ok.mjs',
  `import { writeFileSync } from 'node:fs';
   writeFileSync(new URL('./it-ran', import.meta.url), '');
   export const handler = async (event) => event;`,
);
const RAN = path.join(path.dirname(OK), 'it-ran');
const config = (name: string, content: object): string => file(name, JSON.stringify(content));
const EMPTY = config('empty.json', {});
const KEPT = config('kept.json', { budgets: { 'memory.headroom': { min: '1%' } } });
const AT_256 = ['--memory', '256', '--max-invocations', '40', '--quiet'];

/** A baseline as `--save-baseline` writes it. */
function baselineOf(name: string, ...functions: readonly string[]): string {
  const side = sideOf([99, 100, 101]);
  const observations = toCheckTable({ base: [], head: side.observations });
  const content = functions.map((each) => ({ function: each, head: FACTS, observations }));
  return file(name, JSON.stringify({ schemaVersion: 1, functions: content }));
}

describe('everything that is wrong comes in one message, and nothing runs', () => {
  const several = config('several.json', {
    functions: [
      { name: 'one', local: { base: OK, head: OK } },
      { name: 'two', local: { base: '/nowhere/base.mjs', head: '/nowhere/head.mjs' } },
    ],
  });
  const twice = config('twice.json', {
    functions: [
      { function: 'orders', base: 'bl.json' },
      { function: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live', base: 'bl.json' },
    ],
  });
  const handlers = config('handlers.json', {
    functions: [{ local: { head: 'a/src/app.mjs' } }, { local: { head: 'b/src/app.mjs' } }],
  });
  const idle = config('idle.json', {
    functions: [
      { function: 'orders', memoryMb: 512 },
      { local: { base: 'a', head: 'b' }, head: '1' },
    ],
  });
  const both = config('both.json', {
    functions: [{ local: { base: OK, head: OK }, base: 'b.json' }],
  });
  const versions = config('versions.json', {
    functions: [
      { function: 'orders:1', name: 'first', base: '1' },
      { function: 'orders:2', name: 'second', base: '1' },
    ],
  });

  test.each<[string, readonly string[], readonly RegExp[]]>([
    [
      'handlers, the CPU share and the memory',
      ['--config', several, '--cpu', 'foo', '--memory', '10240'],
      [/nowhere\/base\.mjs/, /nowhere\/head\.mjs/, /--cpu: wanted auto/, /--memory: 10240 MB buys/],
    ],
    ['a dry run looks for handlers too', ['--config', several, '--dry-run'], [/nowhere\/head/]],
    [
      'the same name twice',
      ['--config', twice],
      [/"orders" is the name of 2 entries; give each a/],
    ],
    ['handlers of one name', ['--config', handlers], [/"src-app" is the name of 2 entries/]],
    ['a name that two entries have', ['orders', '--config', versions], [/one of first, second/]],
    [
      '--head of a handler',
      ['--local', OK, '--local', OK, '--head', '42', '--config', EMPTY],
      [/--head/],
    ],
    [
      'a base twice',
      ['--local', OK, '--local', OK, '--base', baselineOf('x.json', 'x'), '--config', EMPTY],
      [/--base: the first --local is the base/],
    ],
    [
      'memory and CPU share of a function on AWS',
      ['orders', '--base', 'live', '--memory', '512', '--cpu', 'auto', '--config', EMPTY],
      [/--memory: it is of handlers/, /--cpu: it is of handlers/],
    ],
    [
      'traffic of a handler, which keeps nothing ready',
      ['--local', OK, '--local', OK, '--invocations-per-month', '5', '--config', EMPTY],
      [/--invocations-per-month: nothing is kept ready of handlers/],
    ],
    [
      'traffic that is no number',
      ['orders', '--base', 'live', '--invocations-per-month', 'many', '--config', EMPTY],
      [/--invocations-per-month: wanted a number above 0, it is "many"/],
    ],
    [
      'two heads',
      ['orders:7', '--base', '1', '--head', '42', '--config', EMPTY],
      [/names 7 and --head 42/],
    ],
    [
      'keys that do nothing',
      ['--config', idle],
      [/functions\[0\]: memoryMb/, /functions\[1\]: head/],
    ],
    ['a base twice, in the configuration', ['--config', both], [/functions\[0\]: .*base/]],
    [
      'a baseline without the function, of a check of several',
      [
        '--config',
        config('own.json', {
          functions: [
            { name: 'one', local: { head: OK }, base: baselineOf('other.json', 'other') },
            { name: 'two', local: { head: OK }, base: baselineOf('other.json', 'other') },
          ],
        }),
      ],
      [/has no function one; it has other/, /has no function two; it has other/],
    ],
  ])('%s', async (_, args, messages) => {
    const ended = await powerdial('check', ...args);
    for (const message of messages) expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(existsSync(RAN)).toBe(false);
  });
});

describe('--dry-run', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'a handler',
      ['--local', OK, '--local', OK, '--config', EMPTY],
      /invoke \S+-ok, .* at most 406 times/,
    ],
    [
      'with a second measurement',
      ['--local', OK, '--config', KEPT, '--confirm'],
      /at most 806 times/,
    ],
    [
      'a function on AWS',
      ['orders', '--base', 'live', '--config', EMPTY],
      /invoke orders, .* at most 406/,
    ],
    [
      'a function by ARN, with a limit',
      [
        ...['arn:aws:lambda:eu-west-1:123456789012:function:orders:7', '--base', '6'],
        ...['--max-invocations', '100', '--max-usd', '0.5', '--config', EMPTY],
      ],
      /invoke orders, with its side effects: at most 106 times, for at most 0\.5 USD/,
    ],
  ])('%s: says what would be done, and does nothing', async (_, args, said) => {
    const out = path.join(path.dirname(OK), 'dry/r.json');
    const ended = await powerdial('check', ...args, '--dry-run', '--out', out);
    expect(ended.stderr).toMatch(said);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toBe('');
    expect(existsSync(RAN)).toBe(false);
    expect(existsSync(path.dirname(out))).toBe(false);
  });
});

describe('a function has its own rules however it is named', () => {
  const own = config('rules.json', {
    functions: [
      { function: 'orders', budgets: { 'duration.p95': { max: '1 ms' } }, base: 'from-file' },
      { function: 'shop', base: 'from-file' },
    ],
  });
  // Without a base and without a budget there is nothing to judge by: only the own entry has them.
  test.each([
    ['orders'],
    ['orders:1'],
    ['arn:aws:lambda:eu-west-1:123456789012:function:orders'],
    ['arn:aws:lambda:eu-west-1:123456789012:function:orders:live'],
    ['123456789012:function:orders'],
  ])('%s', async (name) => {
    const ended = await powerdial('check', name, '--config', own, '--dry-run');
    expect(ended.stderr).toMatch(/invoke orders, with its side effects: at most 406 times/);
    expect(ended.code).toBe(0);
    const other = await powerdial('check', name.replace('orders', 'carts'), '--config', own);
    expect(other.stderr).toMatch(/carts: wanted something to judge by/);
    expect(other.code).toBe(2);
  });
});

test('a baseline of one function under another name is used, and that is said', async () => {
  const baseline = baselineOf('renamed.json', 'before');
  const args = ['check', '--local', OK, '--base', baseline, '--config', EMPTY, ...AT_256, '--json'];
  const ended = await powerdial(...args);
  const { functions } = JSON.parse(ended.stdout) as {
    functions: { warnings: { code: string }[] }[];
  };
  expect(functions[0]?.warnings.map(({ code }) => code)).toContain('baseline-of-another-name');
});

test('payloads that would not fit a state are refused before anything is invoked', async () => {
  const payload = config('large.json', { text: 'x'.repeat(250_000) });
  const args = ['check', '--local', OK, '--local', OK, '--payload', payload];
  const ended = await powerdial(...args);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(/wanted at most 232768 bytes of payloads beside 400 invocations/);
});

describe('rules that the invocations are too few for', () => {
  const rules = (name: string, content: object): readonly string[] => [
    ...['--local', OK, '--local', OK, '--dry-run', '--config', config(name, content)],
  ];
  const changeOfP99 = { regressions: { 'duration.p99': { max: '+20%' } } };

  test('a rule that can never be judged is told beforehand, with what it takes', async () => {
    const told = await powerdial('check', ...rules('p99.json', changeOfP99));
    expect(told.code).toBe(0);
    const [, count = ''] =
      /a change of duration\.p99 stays inconclusive with 400 invocations; it takes about (\d+): --max-invocations \1/.exec(
        told.stderr,
      ) ?? [];
    const args = ['--max-invocations', count];
    const taken = await powerdial('check', ...rules('p99.json', changeOfP99), ...args);
    expect(taken.code).toBe(0);
    expect(taken.stderr).not.toContain('inconclusive');
  });

  test('a budget that could only stay inconclusive is told beforehand', async () => {
    const content = { budgets: { 'duration.p99': { max: '300 ms' } } };
    const ended = await powerdial('check', ...rules('budget.json', content));
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(
      /a budget of duration\.p99 may stay inconclusive with 400 invocations; it takes about \d+: --max-invocations/,
    );
  });

  test('the least that the configuration allows is too few for two sides', async () => {
    const [, , , , , ...args] = rules('few.json', { maxInvocations: 20 });
    const sides = ['--local', OK, '--local', OK];
    const ended = await powerdial('check', ...sides, ...args, '--fail-on-inconclusive');
    expect(ended.stderr).toMatch(/duration\.p50 stays inconclusive with 20 invocations/);
    // Too few samples are never a pass.
    expect(ended.code).toBe(4);
  });
});
