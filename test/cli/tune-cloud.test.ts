import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import type { Intercept } from '../../src/emulator/index.ts';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import {
  cloud,
  deny,
  startedArn,
  STUCK_IN_MEASURE,
  type Cloud,
  type CloudOptions,
} from './cloud-fixture.ts';

const SHORT = ['--memory', '128,512,1769', '--invocations', '10'] as const;

let aws: Cloud;
let before: unknown;

async function open(options?: CloudOptions): Promise<void> {
  aws = await cloud(options);
  before = await aws.snapshot();
}

afterEach(async () => {
  await aws.close();
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function executions(): Promise<number> {
  const [stateMachineArn] = aws.stateMachineArns;
  const { executions: all = [] } = await aws.client.send(
    new ListExecutionsCommand({ stateMachineArn }),
  );
  return all.length;
}

test('the deployed workflow is found by name and tag, followed, and its result printed', async () => {
  await open({
    workflows: {
      'powerdial-not': {},
      powerdial: { 'powerdial:tuner': '1' },
      other: { 'powerdial:tuner': '1' },
    },
  });
  const { code, stdout, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--json');
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as Result;
  expect(result).toMatchObject({
    verdict: 'change',
    recommendation: { memoryMb: 1769 },
    emulated: true,
    spent: { invocations: 34 },
  });
  // As in a file: a table that anybody can read.
  expect((result.observations as unknown as { rows: unknown[] }).rows).toHaveLength(33);
  const lines = stderr.split('\n').map((line) => line.replace(/^ +[\d.]+ s {2}/, ''));
  const arn = startedArn(stderr);
  expect(arn).toContain(':execution:powerdial:cli-');
  expect(lines.slice(0, 3)).toEqual([
    'This run will really invoke orders, with its side effects: at most 43 times, for at most 1 USD. It publishes versions and deletes them again.',
    `Started ${arn} of arn:aws:states:eu-west-1:123456789012:stateMachine:powerdial`,
    `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${arn}`,
  ]);
  // The same display as for a run that is played here.
  expect(lines).toContain('tuning orders');
  expect(lines).toContain('1769 MB is published (3 of 3)');
  expect(lines).toContain('cleaned up: 3 versions deleted');
  expect(lines.some((line) => line.startsWith('round 1: 30 of 30 (100 %)'))).toBe(true);
  expect(await aws.snapshot()).toEqual(before);
});

test('who calls $LATEST is named before the run starts, with the sizes that they meet', async () => {
  await open();
  await aws.lambda.send(
    new AddPermissionCommand({
      FunctionName: TARGET_NAME,
      StatementId: 'uploads',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::uploads',
    }),
  );
  const { code, stderr } = await aws.run('tune', TARGET_NAME, '--embedded', ...SHORT);
  expect(code).toBe(0);
  const said = stderr.indexOf(
    'These call $LATEST, without a version or alias: s3 (arn:aws:s3:::uploads).',
  );
  expect(said).toBeGreaterThan(-1);
  expect(stderr).toMatch(/they meet sizes from \d+ to 1769 MB/);
  expect(said).toBeLessThan(stderr.indexOf('round 1'));
});

test('the workflow is played here where none is deployed, and that is said', async () => {
  await open({ workflows: { powerdial: {} } });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--quiet');
  expect(code).toBe(0);
  expect(stderr).toContain(
    'No workflow is deployed here. The workflow is played here, with your credentials.',
  );
  expect(await executions()).toBe(0);
  expect(await aws.snapshot()).toEqual(before);
});

test('--embedded plays the workflow here and looks for no deployed one', async () => {
  await open({ intercept: deny('ListStateMachines') });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--embedded', '--quiet');
  expect(code).toBe(0);
  expect(stderr).not.toContain('workflow');
});

test('where several workflows are deployed, one has to be named', async () => {
  const tags = { 'powerdial:tuner': '1' };
  await open({ workflows: { 'powerdial-a': tags, 'powerdial-b': tags } });
  const several = await aws.run('tune', TARGET_NAME, ...SHORT);
  expect(several.code).toBe(2);
  expect(several.stderr).toContain('--state-machine');
  for (const arn of aws.stateMachineArns) expect(several.stderr).toContain(arn);
  const [, second = ''] = aws.stateMachineArns;
  const one = await aws.run('tune', TARGET_NAME, ...SHORT, '--state-machine', second);
  expect(one.code).toBe(0);
  expect(startedArn(one.stderr)).toContain(':execution:powerdial-b:');
});

test('a caller who may not look for workflows is told the action, the resource and where it is listed, and the run is played here', async () => {
  await open({ intercept: deny('ListStateMachines') });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--quiet');
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /Could not look for a deployed workflow: states:ListStateMachines on \* answered AccessDeniedException: .*docs\/security\.md.*The workflow is played here/,
  );
});

/** May list state machines, and not read the tags of those that another team deployed. */
function denyTagsOf(...names: readonly string[]): Intercept {
  const refuse = deny('ListTagsForResource');
  return (request) =>
    names.some((name) => request.body.includes(`:stateMachine:${name}"`))
      ? refuse(request)
      : undefined;
}

test('the workflow of another team is passed over, and that is said', async () => {
  await open({
    workflows: { 'powerdial-ours': { 'powerdial:tuner': '1' }, 'powerdial-theirs': {} },
    intercept: denyTagsOf('powerdial-theirs'),
  });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--quiet');
  expect(code).toBe(0);
  expect(stderr).toMatch(/Passed over \S*powerdial-theirs: .*states:ListTagsForResource/);
  expect(await executions()).toBe(1);
});

test('where no tags may be read, a workflow has to be named, and nothing is played here unasked', async () => {
  await open({ intercept: deny('ListTagsForResource') });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT);
  expect(code).toBe(2);
  expect(stderr).toMatch(/states:ListTagsForResource.*--state-machine <arn>/);
  for (const arn of aws.stateMachineArns) expect(stderr).toContain(arn);
  expect(await aws.snapshot()).toEqual(before);
});

test('a caller who may not start a run is told the action, the resource and where it is listed', async () => {
  await open({ intercept: deny('StartExecution') });
  const { code, stdout, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT);
  expect(code).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /powerdial: PermissionMissing: Call states:StartExecution on arn:aws:states:eu-west-1:123456789012:stateMachine:powerdial: .*docs\/security\.md lists what the command needs/,
  );
});

test.each([
  ['a function that is not there', ['nobody'], 3, 'TargetNotFound'],
  [
    'a limit on an alias that is not there',
    [TARGET_NAME, '--apply-alias', 'live'],
    2,
    'InvalidInput',
  ],
])('no execution is started for %s', async (_, args, wanted, error) => {
  await open();
  const { code, stderr } = await aws.run('tune', ...args, ...SHORT);
  expect(code).toBe(wanted);
  expect(stderr).toContain(error);
  expect(await executions()).toBe(0);
});

test('a caller who may not read the function is told what the run can come to by the input alone', async () => {
  // Only the command's own first call; the workflow has a role of its own.
  let left = 0;
  const unread = deny('GetFunctionConfiguration');
  await open({
    lambda: {
      intercept: (request) =>
        request.operation === 'GetFunctionConfiguration' && left-- > 0
          ? unread(request)
          : undefined,
    },
  });
  left = 1;
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--max-usd', '0.5');
  expect(stderr).toContain('at most 43 times, for at most 0.5 USD');
  expect(code).toBe(0);
});

test('a run that fails in the cloud fails the command under its name', async () => {
  await open({
    recording: { name: TARGET_NAME, memory: { '512': { warmMs: [5], outcome: 'error' } } },
  });
  const { code, stdout, stderr } = await aws.run(
    ...['tune', TARGET_NAME, '--memory', '512', '--invocations', '5', '--json'],
  );
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ failed: true, error: 'TrialFailed' });
  expect(stderr).toContain('orders is as it was.');
  expect(await aws.snapshot()).toEqual(before);
});

test('--dry-run --json prints the plan of the deployed workflow as one JSON value', async () => {
  await open();
  const { code, stdout } = await aws.run('tune', TARGET_NAME, ...SHORT, '--dry-run', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, mostInvocations: 43 });
  expect(await executions()).toBe(1);
});

test('the command waits for the end of a run whose history it may not read', async () => {
  await open({ intercept: deny('GetExecutionHistory') });
  const { code, stderr } = await aws.run('tune', TARGET_NAME, ...SHORT, '--json');
  expect(code).toBe(0);
  expect(stderr).toMatch(/progress cannot be shown: states:GetExecutionHistory on arn:/);
});

test('the command goes on following a run after AWS was out of reach for a while', async () => {
  let looks = 0;
  await open({
    intercept: ({ operation }) =>
      operation === 'GetExecutionHistory' && ++looks <= 5
        ? { kind: 'drop', when: 'before' }
        : undefined,
  });
  const { code } = await aws.run('tune', TARGET_NAME, ...SHORT, '--quiet');
  expect(code).toBe(0);
  expect(looks).toBeGreaterThan(5);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s without a terminal stops the run, and waits until the function is put back',
  async (signal) => {
    await open({ lambda: STUCK_IN_MEASURE });
    const running = aws.start('tune', TARGET_NAME, ...SHORT, '--json');
    const arn = startedArn(await running.said(/has its own configuration again/));
    await aws.entered(arn, 'Measure');
    running.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(stderr).toContain('Stopped; orders is as it was.');
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ failed: true, error: 'Interrupted' });
    const described = await aws.client.send(new DescribeExecutionCommand({ executionArn: arn }));
    expect(described).toMatchObject({ status: 'ABORTED', error: 'Interrupted' });
    expect(await aws.snapshot()).toEqual(before);
  },
);

test('a stopped run whose function the command may not look at ends with exit 3 and the command that puts it back', async () => {
  let stopped = false;
  let unseen = false;
  const unlisted = deny('ListVersionsByFunction');
  await open({
    lambda: {
      intercept: (request) => (unseen ? unlisted(request) : STUCK_IN_MEASURE.intercept?.(request)),
    },
    intercept: ({ operation }) => {
      stopped ||= operation === 'StopExecution';
      if (!stopped || operation !== 'GetExecutionHistory') return undefined;
      // The rule is allowed to: only when it is through, nobody else is any more.
      const act = async (): Promise<void> => {
        await waitUntil(async () => isDeepStrictEqual(await aws.snapshot(), before));
        unseen = true;
      };
      return { kind: 'act', when: 'before', act };
    },
  });
  const running = aws.start('tune', TARGET_NAME, ...SHORT);
  await aws.entered(startedArn(await running.said(/has its own configuration again/)), 'Measure');
  running.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /could not be confirmed that orders is as it was: lambda:ListVersionsByFunction on orders answered AccessDeniedException.*Run: powerdial restore orders/s,
  );
});

test('a run that may not be stopped goes on, and that is said', async () => {
  await open({ lambda: STUCK_IN_MEASURE, intercept: deny('StopExecution') });
  const running = aws.start('tune', TARGET_NAME, ...SHORT);
  const arn = startedArn(await running.said(/has its own configuration again/));
  running.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(3);
  expect(stderr).toContain(`powerdial tune --attach ${arn}`);
});

test('a run that somebody else stopped ends with exit 3, once the function is put back', async () => {
  await open({ lambda: STUCK_IN_MEASURE });
  const running = aws.start('tune', TARGET_NAME, ...SHORT);
  const executionArn = startedArn(await running.said(/has its own configuration again/));
  await aws.entered(executionArn, 'Measure');
  await aws.client.send(new StopExecutionCommand({ executionArn }));
  const { code, stderr } = await running.ended;
  expect(code).toBe(3);
  expect(stderr).toContain('ABORTED: The execution was stopped by somebody else.');
  expect(stderr).toContain('orders is as it was.');
  expect(await aws.snapshot()).toEqual(before);
});

async function startElsewhere(input: object): Promise<string> {
  const [stateMachineArn] = aws.stateMachineArns;
  const { executionArn = '' } = await aws.client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'elsewhere', input: JSON.stringify(input) }),
  );
  return executionArn;
}

test('--attach takes up a run under way, and one that has ended', async () => {
  await open({ lambda: { updateDelayMs: 100, publishDelayMs: 100 } });
  // In the words of aws-lambda-power-tuning, as a console user may have written it.
  const arn = await startElsewhere({ lambdaARN: TARGET_NAME, num: 10, powerValues: [128, 1769] });
  const first = await aws.run('tune', '--attach', arn, '--json');
  expect(first.code).toBe(0);
  expect(first.stderr).toContain('1769 MB is published (2 of 2)');
  const second = await aws.run('tune', '--attach', arn, '--json');
  expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout));
  expect(second.stderr).toContain('1769 MB is published (2 of 2)');
});

test.each([
  ['no ARN', ['--attach', 'run-1'], 2, /wanted the ARN of an execution/],
  [
    'an execution that is not there',
    ['--attach', 'arn:aws:states:eu-west-1:123456789012:execution:powerdial:nobody'],
    3,
    /ExecutionDoesNotExist/,
  ],
  [
    'options that would change the run',
    [
      'orders',
      '--attach',
      'arn:aws:states:eu-west-1:123456789012:execution:powerdial:nobody',
      '--memory',
      '128',
      '--max-usd',
      '2',
      '-o',
      'x.docx',
    ],
    2,
    /4 problems[^]*--memory[^]*--max-usd[^]*x\.docx/,
  ],
])('--attach refuses to go with %s', async (_, args, wanted, said) => {
  await open();
  const { code, stderr } = await aws.run('tune', ...args);
  expect(code).toBe(wanted);
  expect(stderr).toMatch(said);
});
