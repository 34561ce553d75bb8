import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scratch } from '../cli/powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const ACTION = readFileSync('action.yml', 'utf8');
const FOLDER = path.dirname(file('empty', ''));
const OK = file('ok.mjs', 'export const handler = async (event) => event;');
const THROWS = file('bad.mjs', "export const handler = async () => { throw new Error('no'); };");
const KEPT = file('kept.json', '{"budgets": {"memory.headroom": {"min": "1%"}}}');
const BROKEN = file('broken.json', '{"budgets": {"memory.headroom": {"min": "99%"}}}');
/** Prints its arguments, one JSON text. */
const ECHO = file('echo.mjs', 'console.log(JSON.stringify(process.argv.slice(2)));');

/** The script of its one step: what stands indented under `run: |`. */
function script(): string {
  const lines = ACTION.slice(ACTION.indexOf('run: |\n') + 'run: |\n'.length).split('\n');
  return lines.map((line) => line.replace(/^ {8}/, '')).join('\n');
}

/** The step's environment, as GitHub fills it in: an input that is not given has its default. */
function environment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.fromEntries(
    [...ACTION.matchAll(/^ {2}([a-z-]+):\n {4}description: [^\n]*\n {4}default: ([^\n]*)$/gm)].map(
      ([, name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')],
    ),
  );
  const named = [...ACTION.matchAll(/^ {8}([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$/gm)];
  return Object.fromEntries(
    named.map(([, variable = '', input = '']) => {
      const value = inputs[input] ?? defaults[input];
      if (value === undefined) throw new Error(`${input} has no default`);
      return [variable, value];
    }),
  );
}

let runs = 0;

/** Runs the step as GitHub does: a file, by `shell: bash`. */
async function step(
  inputs: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<{
  readonly code: number | null;
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly folder: string;
}> {
  runs += 1;
  const output = file(`output-${runs}`, '');
  const step = file(`step-${runs}.sh`, script());
  const folder = path.join(FOLDER, `a folder ${runs}`);
  const command = `node ${path.resolve('dist/src/cli/main.js')}`;
  const env = environment({ command, output: folder, ...inputs });
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', step], {
    env: { ...process.env, ...env, GITHUB_OUTPUT: output, ...variables },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(
    lines.map((line): [string, string] => [line.replace(/=.*/, ''), line.replace(/^[^=]*=/, '')]),
  );
  return { code, stdout, folder, outputs: outputs };
}

const QUICK = '--quiet --memory 256 --concurrency 4\n--max-invocations 40';

test.each([
  ['a check that passes', OK, KEPT, 0, 'pass'],
  ['a broken budget', OK, BROKEN, 1, 'fail'],
  ['a head that cannot be measured', THROWS, KEPT, 3, ''],
  ['usage that is wrong', '/nowhere.mjs', KEPT, 2, ''],
])(
  'a check that ends with %s sets every output of the action',
  async (_, head, config, code, verdict) => {
    const ended = await step({ 'local-head': head, config, args: QUICK });
    expect(ended.code, ended.stdout).toBe(code);
    expect(ended.outputs).toEqual({
      'exit-code': String(code),
      verdict,
      markdown: `${ended.folder}/result.md`,
    });
  },
);

test.each<[string, string, readonly string[]]>([
  ['nothing', '', []],
  ['several lines', '--quiet\n--seed 1\n', ['--quiet', '--seed', '1']],
  ['quotes', `--payload '{"a": 1}' "b c"`, ['--payload', '{"a": 1}', 'b c']],
  ['what a shell would carry out is text', '$(id) `id` $HOME *', ['$(id)', '`id`', '$HOME', '*']],
])('args are split as xargs does: %s', async (_, args, words) => {
  const { stdout } = await step({ command: `node '${ECHO}'`, function: 'orders', args });
  const given = JSON.parse(stdout.split('\n')[0] ?? '') as string[];
  const [first, ...rest] = given.slice(given.lastIndexOf('--out') + 1);
  expect(given.slice(0, 2)).toEqual(['check', 'orders']);
  expect(first).toMatch(/junit\.xml$/);
  expect(rest).toEqual(words);
});

test('a quote that is not closed is wrong usage, and nothing runs', async () => {
  const ended = await step({ command: `node '${ECHO}'`, args: "--payload '{" });
  expect(ended.code).toBe(2);
  expect(ended.outputs['exit-code']).toBe('2');
  expect(ended.stdout).toMatch(/^::error title=powerdial check::/);
});

test.each([0, 1, 4, 7, 127])(
  'an exit code of %i without a result is no verdict: the action ends with 3',
  async (code) => {
    const ends = file(`ends-${code}.mjs`, `process.exit(${code});`);
    const ended = await step({ command: `node '${ends}'`, function: 'orders' });
    expect(ended.code).toBe(3);
    expect(ended.outputs).toMatchObject({ 'exit-code': '3', verdict: '' });
    expect(ended.stdout).toMatch(/^::error title=powerdial check::what ran ended with /m);
  },
);

test('a result of an earlier run is not taken for one of this run', async () => {
  const ends = file('ends-late.mjs', 'process.exit(1);');
  const output = path.join(FOLDER, 'used');
  mkdirSync(output);
  writeFileSync(path.join(output, 'result.json'), '{"verdict": "pass"}');
  const ended = await step({ command: `node '${ends}'`, function: 'orders', output });
  expect(ended.outputs).toMatchObject({ 'exit-code': '3', verdict: '' });
});

test('without a command, what runs is the checkout of the action', async () => {
  const ended = await step(
    { command: '', 'local-head': OK, config: KEPT, args: QUICK },
    { GITHUB_ACTION_PATH: path.resolve('.') },
  );
  expect(ended.code, ended.stdout).toBe(0);
  expect(ended.outputs['verdict']).toBe('pass');
});

/** A checkout as GitHub makes it: nothing is installed or built yet. */
function checkout(name: string, build: string): string {
  const folder = path.join(FOLDER, name);
  mkdirSync(folder);
  const own = { name: 'checkout', version: '1.0.0', scripts: { build } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(own));
  writeFileSync(
    path.join(folder, 'package-lock.json'),
    JSON.stringify({
      name: 'checkout',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'checkout', version: '1.0.0' } },
    }),
  );
  return folder;
}

test('a checkout is installed and built by npm, out of sight of the credentials', async () => {
  const built = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('dist/src/cli', { recursive: true });
const seen = JSON.stringify(process.env.AWS_SECRET_ACCESS_KEY ?? null);
writeFileSync('dist/src/cli/main.js', \`
const { writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
writeFileSync(args[args.indexOf('--out') + 1], JSON.stringify({ verdict: 'pass' }));
console.log('the build saw', JSON.stringify(\${seen}), 'the check', process.env.AWS_SECRET_ACCESS_KEY);\`);`;
  const folder = checkout('fresh', 'node build.mjs');
  writeFileSync(path.join(folder, 'build.mjs'), built);
  const ended = await step(
    { command: '', function: 'orders' },
    { GITHUB_ACTION_PATH: folder, AWS_SECRET_ACCESS_KEY: 'secret' },
  );
  expect(ended.stdout).toContain('the build saw null the check secret');
  expect(ended.outputs).toMatchObject({ 'exit-code': '0', verdict: 'pass' });
});

test('a checkout that npm cannot install or build is exit code 3, not the 1 of npm', async () => {
  const ended = await step(
    { command: '', function: 'orders' },
    { GITHUB_ACTION_PATH: checkout('broken', 'exit 1') },
  );
  expect(ended.code).toBe(3);
  expect(ended.stdout).toMatch(/could not be installed from the checkout/);
});
