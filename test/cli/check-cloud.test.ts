import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import { checkStateMachine } from '../../src/play/check-state-machine.ts';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { spreadHost } from '../flow/spread-host.ts';
import { cloud, deny, startedArn, type Cloud, type CloudOptions } from './cloud-fixture.ts';
import { scratch, start } from './powerdial.ts';

const CHECK = { 'powerdial:check': 'test' };
const files = scratch();
let aws: Cloud;
let before: unknown;

async function open(options: CloudOptions = {}): Promise<void> {
  aws = await cloud({
    workflows: { 'powerdial-check': CHECK, powerdial: { 'powerdial:tuner': 'test' } },
    machine: checkStateMachine,
    host: spreadHost(400),
    ...options,
  });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  before = await aws.snapshot();
}

afterEach(async () => {
  await aws.close();
});

/** The function takes 400 ms. */
function budget(limit: string): readonly string[] {
  const config = JSON.stringify({ budgets: { 'duration.p50': { max: limit } }, seed: 5 });
  return ['--config', files.file(`${limit.replace(' ', '')}.json`, config)];
}

async function executions(): Promise<number> {
  const [stateMachineArn] = aws.stateMachineArns;
  const { executions: all = [] } = await aws.client.send(
    new ListExecutionsCommand({ stateMachineArn }),
  );
  return all.length;
}

test('the deployed check is found by its tag, and whoever starts it needs no permission on Lambda', async () => {
  await open();
  const { code, stdout, stderr } = await start(
    ['check', TARGET_NAME, ...budget('500 ms'), '--base', '1', '--json'],
    // Nobody listens there: a single call of Lambda would fail the command.
    { env: { ...aws.env, AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:1' } },
  ).ended;
  expect(stderr).toMatch(/look 1, 60 of 60 invocations/);
  expect(startedArn(stderr)).toContain(':execution:powerdial-check:check-');
  const { functions } = JSON.parse(stdout) as CheckResult;
  expect(functions[0]).toMatchObject({ function: TARGET_NAME, base: { version: '1' } });
  expect(functions[0]?.head.key.emulation).toBe('recorded');
  // Every observation, as a table that anybody can read.
  expect(functions[0]?.observations.columns).toContain('durationMs');
  expect(functions[0]?.observations.rows.length).toBeGreaterThanOrEqual(60);
  expect(code).toBe(0);
  expect(await aws.snapshot()).toEqual(before);
});

test('the traffic of the option goes before that of the configuration, and reaches the deployed check', async () => {
  await open();
  const FunctionName = TARGET_NAME;
  const kept = { FunctionName, Qualifier: '1', ProvisionedConcurrentExecutions: 3 };
  await aws.lambda.send(new PutProvisionedConcurrencyConfigCommand(kept));
  const config = files.file(
    'traffic.json',
    JSON.stringify({
      functions: [{ function: TARGET_NAME, base: '1', invocationsPerMonth: 2000 }],
      regressions: { cost: { max: '+20%' } },
      maxInvocations: 60,
    }),
  );
  const facts = async (...args: readonly string[]) => {
    const ended = await aws.run('check', '--config', config, '--quiet', '--json', ...args);
    return (JSON.parse(ended.stdout) as CheckResult).functions[0]?.head;
  };
  expect(await facts()).toMatchObject({ provisioned: 3, invocationsPerMonth: 2000 });
  const given = await facts('--invocations-per-month', '7000');
  expect(given).toMatchObject({ provisioned: 3, invocationsPerMonth: 7000 });
});

test('a broken budget fails a deployed check, as it fails one that is played here', async () => {
  await open();
  const deployed = await aws.run('check', TARGET_NAME, ...budget('100 ms'), '--quiet');
  expect(deployed.code).toBe(1);
  expect(deployed.stdout).toContain('over budget');
  expect(await executions()).toBe(1);
  const here = await aws.run('check', TARGET_NAME, ...budget('100 ms'), '--quiet', '--embedded');
  expect(here.code).toBe(1);
  expect(await executions()).toBe(1);
});

test.each([
  ['in the deployed workflow', []],
  ['here', ['--embedded']],
])('a head three times as slow as its base has regressed: %s', async (_, where) => {
  const [base, head] = [spreadHost(100), spreadHost(300)];
  await open({
    host: { ...head, invoke: (call) => (call.settings.version === '1' ? base : head).invoke(call) },
  });
  const rules = JSON.stringify({ regressions: { 'duration.mean': { max: '+20%' } }, seed: 5 });
  const config = files.file('regressions.json', rules);
  const out = path.join(path.dirname(config), 'junit.xml');
  const ended = await aws.run(
    ...['check', TARGET_NAME, '--base', '1', '--config', config, '--quiet', '--out', out],
    ...where,
  );
  expect(ended.code, ended.stderr).toBe(1);
  expect(ended.stdout).toMatch(/duration\.mean regressed/);
  expect(ended.stdout).toContain('Failed: 1 of 2 rules broken');
  expect(readFileSync(out, 'utf8')).toContain('<failure type="regressed"');
});

test('a check is played here where none is deployed, and that is said', async () => {
  await open({ workflows: { 'powerdial-check': { 'powerdial:tuner': 'test' } } });
  const { code, stderr } = await aws.run('check', TARGET_NAME, ...budget('500 ms'));
  expect(code).toBe(0);
  expect(stderr).toContain(
    'No workflow for checks is deployed here. The check is played here, with your credentials.',
  );
  expect(await executions()).toBe(0);
});

test('a check that fails in AWS says why in words, and never looks like a pass', async () => {
  await open();
  const { code, stdout, stderr } = await aws.run('check', 'nobody', ...budget('1 s'), '--json');
  expect(code).toBe(3);
  expect(stderr).toContain('nobody was not checked: TargetNotFound: Read nobody');
  expect(JSON.parse(stdout)).toMatchObject({ passed: false, functions: [] });
});

test('a caller who may not start a check is told the action, the resource and where it is listed', async () => {
  await open({ intercept: deny('StartExecution') });
  const { code, stderr } = await aws.run('check', TARGET_NAME, ...budget('500 ms'));
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /PermissionMissing: Call states:StartExecution on arn:aws:states:eu-west-1:123456789012:stateMachine:powerdial-check: .*docs\/security\.md/,
  );
});

test('a check that the command loses sight of is stopped, and that is said', async () => {
  await open({ intercept: deny('DescribeExecution', 'GetExecutionHistory') });
  const { code, stderr } = await aws.run('check', TARGET_NAME, ...budget('500 ms'));
  expect(code).toBe(3);
  expect(stderr).toMatch(/PermissionMissing: .*states:DescribeExecution/);
  expect(stderr).toContain(`Its execution was stopped: ${startedArn(stderr)}`);
});

test('where several checks are deployed, one has to be named before anything is measured', async () => {
  await open({ workflows: { 'powerdial-check-a': CHECK, 'powerdial-check-b': CHECK } });
  const handler = files.file('handler.mjs', 'export const handler = async () => 1;');
  const config = files.file(
    'two.json',
    JSON.stringify({
      functions: [{ name: 'here', local: { head: handler } }, { function: TARGET_NAME }],
      budgets: { 'duration.p50': { max: '500 ms' } },
    }),
  );
  const { code, stderr } = await aws.run('check', '--config', config);
  expect(code).toBe(2);
  expect(stderr).toContain('--state-machine');
  expect(stderr).not.toContain('look 1');
  expect(await executions()).toBe(0);
});

test('Ctrl-C stops a deployed check in AWS, too', async () => {
  await open({
    lambda: {
      intercept: ({ operation, qualifier }) =>
        operation === 'Invoke' && qualifier === '1' ? { kind: 'hang', when: 'before' } : undefined,
    },
  });
  const running = aws.start('check', TARGET_NAME, ...budget('500 ms'), '--head', '1');
  const executionArn = startedArn(await running.said(/^Started arn:\S+\n/m));
  await aws.entered(executionArn, 'Inspect');
  running.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  const { status } = await aws.client.send(new DescribeExecutionCommand({ executionArn }));
  expect(status).toBe('ABORTED');
});

test('what --state-machine cannot mean is told before anything starts', async () => {
  await open();
  const { code, stderr } = await aws.run(
    ...['check', TARGET_NAME, ...budget('500 ms'), '--embedded', '--state-machine', 'mine'],
  );
  expect(code).toBe(2);
  expect(stderr).toContain('--state-machine: wanted the ARN of a state machine, it is "mine"');
  expect(stderr).toContain('--state-machine and --embedded');
  expect(await executions()).toBe(0);
});
