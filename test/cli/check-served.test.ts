import { CreateAliasCommand, LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import { scratch, start, type Ended, type Running } from './powerdial.ts';

const { file, remove } = scratch();
const handler = file(
  'checked-through-serve.mjs',
  `export const handler = async (event) => {
     if (event.fail) throw new Error('asked to');
     return process.env.AWS_LAMBDA_FUNCTION_VERSION;
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
  expect((await serving.ended).left).toEqual([]);
  remove();
});

const check = (...args: readonly string[]): Promise<Ended> =>
  start(['check', ...args, '--quiet', '--json'], { env }).ended;
const result = (ended: Ended): CheckResult => JSON.parse(ended.stdout) as CheckResult;

/*
 * How many environments serve a version, and how fast, is up to the machine, so a verdict on durations
 * may come out or not here; that it comes out is tested on recorded durations (check-cloud.test.ts).
 */
test.each([
  ['here', ['--embedded']],
  ['in the workflow that serve has', []],
])('both sides are measured in real processes and told apart: %s', async (_, where) => {
  const args = ['shop', '--base', 'live', '--config', rules, '--max-invocations', '120'];
  const ended = await check(...args, ...where);
  const { verdict, functions } = result(ended);
  expect(ended.code, ended.stderr + ended.stdout).toBe(verdict === 'fail' ? 1 : 0);
  const [judged] = functions;
  expect(judged).toMatchObject({
    function: 'shop',
    base: { version: '1', key: { region: 'eu-west-1', memoryMb: 128 } },
    head: { version: '$LATEST' },
  });
  const [errors, duration] = judged?.metrics ?? [];
  expect(errors).toMatchObject({ metric: 'errors', verdict: 'pass' });
  expect(duration?.metric).toBe('duration.mean');
  for (const side of ['base', 'head'] as const) {
    expect(duration?.samples[side]).toBeGreaterThan(0);
    // Which environment served an invocation is read from the log streams of `serve`.
    expect(duration?.environments[side]).toBeGreaterThan(0);
  }
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

test('a function that does not exist fails the check', async () => {
  const ended = await check('nobody', '--config', budget, '--embedded');
  expect(ended.code).toBe(3);
  expect(result(ended)).toMatchObject({
    passed: false,
    verdict: 'inconclusive',
    functions: [],
    failed: [{ function: 'nobody', error: 'TargetNotFound' }],
  });
});
