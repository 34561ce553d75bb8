import { CreateAliasCommand, LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CheckResult } from '../../src/contract/check.ts';
import { processesMentioning, scratch, start, type Ended, type Running } from './powerdial.ts';

// Processes start slowly on a machine that is busy with others.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const { file, remove } = scratch();
// Three times as slow as the version that is published of it.
const handler = file(
  'checked-through-serve.mjs',
  // The first invocation of each process takes long, so that one that is free does not serve them all.
  `let isFirst = true;
   export const handler = async (event) => {
     if (isFirst) await new Promise((done) => setTimeout(done, 1000));
     isFirst = false;
     if (event.fail) throw new Error('asked to');
     const isLatest = process.env.AWS_LAMBDA_FUNCTION_VERSION === '$LATEST';
     await new Promise((done) => setTimeout(done, isLatest ? 120 : 40));
   };`,
);
const rules = file(
  'rules.json',
  '{"regressions": {"duration.mean": {"max": "+20%"}}, "budgets": {"errors": {"max": "20%"}}}',
);
const budget = file('budget.json', '{"budgets": {"errors": {"max": "20%"}}}');

let serving: Running;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  serving = start(
    ['serve', '--local', `shop=${handler}`, '--current', '128MB/30s', '--region', 'eu-west-1'],
    { env: { LC_ALL: 'C.UTF-8' } },
  );
  // The variables as `serve` itself prints them for whoever wants to use it.
  const said = await serving.said(/Ctrl-C ends it/);
  env = Object.fromEntries(
    [...said.matchAll(/(AWS_[A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const client = new LambdaClient({
    endpoint: env['AWS_ENDPOINT_URL_LAMBDA'] ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await client.send(new PublishVersionCommand({ FunctionName: 'shop' }));
  await client.send(
    new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }),
  );
  client.destroy();
});

afterAll(async () => {
  serving.kill('SIGTERM');
  await serving.ended;
  expect(processesMentioning('checked-through-serve.mjs')).toEqual([]);
  remove();
});

const check = (...args: readonly string[]): Promise<Ended> =>
  start(['check', ...args, '--quiet', '--json'], { env }).ended;
const result = (ended: Ended): CheckResult => JSON.parse(ended.stdout) as CheckResult;

test.each([
  ['here', ['--embedded']],
  ['in the workflow that serve has', []],
])('a head that is three times as slow as the alias: %s', async (_, where) => {
  const args = ['shop', '--base', 'live', '--config', rules, '--max-invocations', '240'];
  const ended = await check(...args, ...where);
  expect(ended.code, ended.stderr + ended.stdout).toBe(1);
  const [judged] = result(ended).functions;
  expect(judged).toMatchObject({
    function: 'shop',
    base: { version: '1', key: { region: 'eu-west-1', memoryMb: 128 } },
    head: { version: '$LATEST' },
  });
  expect(judged?.metrics.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['errors', 'pass'],
    ['duration.mean', 'regressed'],
  ]);
  expect(judged?.warnings.map(({ code }) => code)).not.toContain('log-streams-unread');
});

test('invocations that fail break a budget of errors, and are counted', async () => {
  const payloads = ['--payload', '1={}', '--payload', '1={"fail": true}'];
  const args = ['shop', '--config', budget, '--head', 'live', '--max-invocations', '100'];
  const ended = await check(...args, ...payloads, '--embedded');
  expect(ended.code, ended.stderr).toBe(1);
  expect(result(ended).functions[0]).toMatchObject({
    base: null,
    head: { version: '1' },
    metrics: [{ metric: 'errors', verdict: 'over-budget' }],
    warnings: [{ code: 'invocations-failed' }],
  });
});

test('a function that is not there fails, and is in no pass', async () => {
  const ended = await check('nobody', '--config', budget, '--embedded');
  expect(ended.code).toBe(3);
  expect(result(ended)).toMatchObject({
    passed: false,
    verdict: 'inconclusive',
    functions: [],
    failed: [{ function: 'nobody', error: 'TargetNotFound' }],
  });
});
