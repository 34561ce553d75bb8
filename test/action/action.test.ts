import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
async function step(inputs: Readonly<Record<string, string>>): Promise<{
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
    env: { ...process.env, ...env, GITHUB_OUTPUT: output },
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

const QUICK = '--quiet --memory 256\n--max-invocations 40';

test.each([
  ['a check that passes', OK, KEPT, 0, 'pass'],
  ['a broken budget', OK, BROKEN, 1, 'fail'],
  ['a head that cannot be measured', THROWS, KEPT, 3, ''],
  ['usage that is wrong', '/nowhere.mjs', KEPT, 2, ''],
])('%s sets every output', async (_, head, config, code, verdict) => {
  const ended = await step({ 'local-head': head, config, args: QUICK });
  expect(ended.code, ended.stdout).toBe(code);
  expect(ended.outputs).toEqual({
    'exit-code': String(code),
    verdict,
    markdown: `${ended.folder}/result.md`,
  });
});

test.each<[string, string, readonly string[]]>([
  ['nothing', '', []],
  ['several lines', '--quiet\n--seed 1\n', ['--quiet', '--seed', '1']],
  ['quotes', `--payload '{"a": 1}' "b c"`, ['--payload', '{"a": 1}', 'b c']],
  ['what a shell would carry out is text', '$(id) `id` $HOME *', ['$(id)', '`id`', '$HOME', '*']],
])('args are split as xargs does: %s', async (_, args, words) => {
  const { stdout } = await step({ command: `node '${ECHO}'`, function: 'orders', args });
  const given = JSON.parse(stdout) as string[];
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
