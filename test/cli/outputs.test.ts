import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toCheckTable } from '../../src/stages/check/check-codec.ts';
import { sideOf } from '../core/compare/sides.ts';
import { powerdial, scratch } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const FOLDER = path.dirname(file('empty', ''));
const at = (name: string): string => path.join(FOLDER, name);
const RECORDED = path.resolve('examples/recorded/orders.json');
const CONFIG = file('config.json', '{}');
const BUDGETS = file('budgets.json', '{"budgets": {"duration.p95": {"max": "60 s"}}}');
/** Leaves a file behind when it is invoked: none of its checks may have begun. */
const INVOKED = at('invoked');
const HANDLER = file(
  'marks.mjs',
  `import { writeFileSync } from 'node:fs';
export const handler = async () => { writeFileSync(${JSON.stringify(INVOKED)}, ''); };`,
);
const side = sideOf([97, 98, 99, 100, 101, 102, 103, 100, 99, 101]);
const RESULT = file(
  'result.json',
  JSON.stringify({
    schemaVersion: 1,
    functions: [
      {
        function: 'orders',
        head: side.facts,
        observations: toCheckTable({ base: [], head: side.observations }),
      },
    ],
  }),
);

/** Every command that writes, with the option that names what it writes. */
const COMMANDS: readonly (readonly [string, readonly string[], string])[] = [
  ['tune', ['tune', '--local', HANDLER, '--quiet'], '--out'],
  ['check', ['check', '--local', HANDLER, '--config', BUDGETS, '--quiet'], '--out'],
  ['compare', ['compare', RESULT, RESULT, '--config', CONFIG], '--out'],
  ['a baseline', ['check', '--local', HANDLER, '--config', BUDGETS, '--quiet'], '--save-baseline'],
];

/** A folder that is there in place of the file. */
const TAKEN = at('taken.json');
mkdirSync(TAKEN);
/** A file in place of a folder. */
const NO_FOLDER = path.join(file('plain', ''), 'r.json');

describe('outputs are checked before anything is paid for', () => {
  const problems: readonly (readonly [string, string, RegExp])[] = [
    ['a folder in place of a file', TAKEN, /taken\.json: it is a folder/],
    ['a file in place of a folder', NO_FOLDER, /a part of its path is a file/],
  ];
  const cases = COMMANDS.flatMap(([name, args, option]) =>
    problems.map(([problem, target, words]) => ({ name, args, option, problem, target, words })),
  );
  test.each(cases)(
    '$name refuses $problem, and invokes nothing',
    async ({ args, option, target, words }) => {
      const ended = await powerdial(...args, option, target);
      expect(ended.stderr).toMatch(words);
      expect(ended.stderr).toContain(option);
      expect(ended.stderr).not.toMatch(/^ {4}at /m);
      expect(ended.code).toBe(2);
      expect(ended.stdout).toBe('');
      expect(existsSync(INVOKED)).toBe(false);
    },
  );

  test.each(COMMANDS.filter(([name]) => name !== 'a baseline'))(
    '%s refuses an extension that it does not know, and invokes nothing',
    async (_, args, option) => {
      const ended = await powerdial(...args, option, at('r.pdf'));
      expect(ended.stderr).toMatch(/r\.pdf/);
      expect(ended.code).toBe(2);
      expect(existsSync(INVOKED)).toBe(false);
    },
  );

  // The super-user may write anywhere.
  test.skipIf(process.getuid?.() === 0)(
    'a folder or a file that may not be written is refused, and nothing is invoked',
    async () => {
      const locked = at('locked');
      mkdirSync(locked, { mode: 0o555 });
      const readOnly = file('read-only.json', '{}');
      chmodSync(readOnly, 0o444);
      for (const target of [path.join(locked, 'r.json'), readOnly]) {
        for (const [, args, option] of COMMANDS) {
          const ended = await powerdial(...args, option, target);
          expect(ended.stderr).toMatch(/no permission to write there/);
          expect(ended.code).toBe(2);
        }
      }
      expect(existsSync(INVOKED)).toBe(false);
    },
  );
});

const QUICK = ['--memory', '512,1024', '--invocations', '10', '--seed', '1', '--quiet'];

test('tune makes the folders of its outputs', async () => {
  const out = at('no/such/dir/r.html');
  const ended = await powerdial('tune', '--recorded', RECORDED, ...QUICK, '-o', out);
  expect(ended.code, ended.stderr).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('<html');
});

/** Where there is such a device, a disk that is always full. */
const isLinux = existsSync('/dev/full');

describe.skipIf(!isLinux)('a write that fails after measuring', () => {
  const full = (name: string): string => {
    const target = at(name);
    rmSync(target, { force: true });
    symlinkSync('/dev/full', target);
    return target;
  };

  test('tune prints its result all the same, names the file, goes on with the others and exits 3', async () => {
    const [first, second] = [full('full.json'), at('whole.md')];
    const args = ['tune', '--recorded', RECORDED, ...QUICK, '-o', first, '-o', second];
    const text = await powerdial(...args);
    expect(text.stdout).toMatch(/512 MB|1024 MB/);
    expect(text.stderr).toContain(`${first} could not be written: the disk is full`);
    expect(text.stderr).not.toMatch(/^ {4}at /m);
    expect(text.code).toBe(3);
    expect(readFileSync(second, 'utf8')).toContain('MB');
    const json = await powerdial(...args, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1 });
    expect(json.code).toBe(3);
  });

  test('compare prints its result all the same, names the file and exits 3', async () => {
    const target = full('full.md');
    const ended = await powerdial('compare', RESULT, RESULT, '--config', CONFIG, '-o', target);
    expect(ended.stdout).toContain('Passed');
    expect(ended.stderr).toContain(`${target} could not be written: the disk is full`);
    expect(ended.code).toBe(3);
  });
});
