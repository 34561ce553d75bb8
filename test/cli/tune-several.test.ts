import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { severalProblems } from '../../src/cli/tune/several-functions.ts';
import type { TuneOptions } from '../../src/cli/tune/tune-options.ts';
import { severalText } from '../../src/report/several-text.ts';
import { INVERSE_LAW } from '../flow/embedded-target.ts';
import { change, survivors } from '../report/fixtures/results.ts';
import { powerdial, scratch, start, type Running } from './powerdial.ts';

const { file, remove } = scratch();
const recording = file('recording.json', JSON.stringify(INVERSE_LAW));
const folder = path.dirname(recording);
const FEW = ['--embedded', '--memory', '128,1769', '--no-history'];

let serving: Running;
let url: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  const served = ['--recorded', `orders=${recording}`, '--recorded', `carts=${recording}`];
  serving = start(['serve', ...served, '--region', 'eu-west-1']);
  ({ lambda: url } = JSON.parse(await serving.firstLine) as { lambda: string });
  env = {
    AWS_ENDPOINT_URL_LAMBDA: url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    LC_ALL: 'C.UTF-8',
  };
});

afterAll(async () => {
  serving.kill('SIGTERM');
  await serving.ended;
  remove();
});

test('several functions are tuned one after another, the failure of one keeps none from its run, and the worst exit code counts', async () => {
  const { code, stdout, stderr } = await start(
    [
      'tune',
      ...['orders', 'nosuch', 'carts', ...FEW, '--invocations', '5', '--json', '--quiet'],
      ...['-o', path.join(folder, 'results', '{function}.json')],
    ],
    { env },
  ).ended;
  expect(code, stderr).toBe(3);
  const { results } = JSON.parse(stdout) as { results: readonly (Result & { error?: string })[] };
  expect(results).toMatchObject([
    { recommendation: { memoryMb: 1769 } },
    { function: 'nosuch', failed: true, error: 'TargetNotFound' },
    { recommendation: { memoryMb: 1769 } },
  ]);
  for (const [index, name] of [
    [0, 'orders'],
    [2, 'carts'],
  ] as const) {
    const written: unknown = JSON.parse(
      readFileSync(path.join(folder, 'results', `${name}.json`), 'utf8'),
    );
    expect(written).toEqual(results[index]);
    expect(results[index]?.target.function).toContain(name);
  }
});

test('Ctrl-C puts back the function that is being measured, and the next function is not begun', async () => {
  const tuning = start(
    ['tune', 'orders', 'carts', ...FEW, '--invocations', '50', '--pause', '60s'],
    { env },
  );
  await tuning.said('1769 MB is published');
  tuning.kill('SIGINT');
  const { code, stdout, stderr } = await tuning.ended;
  expect(code, stderr).toBe(130);
  expect(stderr).toContain('orders is as it was.');
  expect(stderr).not.toContain('invoke carts');
  expect(stdout).toMatch(/^carts +Interrupted$/m);
  const client = new LambdaClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const { MemorySize, Description } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'orders' }),
  );
  client.destroy();
  expect([MemorySize, Description ?? '']).toEqual([512, '']);
});

test('the summary has a line for each function: verdict, memory, timeout, confidence, or the name of the failure', () => {
  const rows = [
    { function: 'orders', kind: 'result', result: change },
    { function: 'a-long-name', kind: 'failed', error: 'PermissionMissing' },
    { function: 'carts', kind: 'result', result: survivors },
    { function: 'plans', kind: 'planned' },
  ] as const;
  const text = severalText(rows, { colour: false, unicode: true, columns: 100 });
  expect(`\n${text}`).toBe(`
function     verdict            memory            timeout     confidence
orders       change             512 MB → 1769 MB  30 s → 2 s        97 %
a-long-name  PermissionMissing
carts        change             1024 MB           4 s                  –
plans        planned
`);
});

test.each<[readonly string[], TuneOptions, RegExp]>([
  [['a', 'b'], { local: 'app.mjs' }, /^--local: has no effect with several functions/],
  [['a', 'b'], { recorded: 'a.json' }, /^--recorded: /],
  [['a', 'b'], { template: 'template.yaml' }, /^--template: /],
  [['a', 'b'], { attach: 'arn' }, /^--attach: /],
  [['a', 'b'], { title: 'Friday' }, /^--title: /],
  [['a', 'b'], { out: ['r.json'] }, /^--out: wanted \{function\} in the path.* it is r\.json$/],
  [['a', 'b', 'a:live'], {}, /^wanted each function once, a is named several times$/],
  [['a', 'b c'], {}, /^wanted the name or ARN of a function, it is "b c"$/],
  [
    ['a', 'arn:aws:lambda:us-east-1:123456789012:function:a'],
    { out: ['{function}.json'] },
    /^--out: wanted a file for each function, several are named a$/,
  ],
])('what does not go with several functions is refused: %j %j', (names, options, problem) => {
  const problems = severalProblems(names, options);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});

test('wrong usage ends the command before the first of several functions is run', async () => {
  const args = ['tune', 'orders', 'carts', ...FEW, '--max-usd', '-1'];
  const { code, stdout, stderr } = await start(args, { env }).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('--max-usd: wanted more than 0');
});

test('an option that names what is tuned is refused where it is given twice', async () => {
  const { code, stderr } = await powerdial('tune', '--local', 'a.mjs', '--local', 'b.mjs');
  expect(code).toBe(2);
  expect(stderr).toMatch(/--local.*given before, with 'a\.mjs'/);
});
