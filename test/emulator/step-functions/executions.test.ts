import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  executionArn,
  LONG_WAIT,
  machineArn,
  ONE_TASK,
  statesFixture,
  type StatesFixture,
} from './states-fixture.ts';

const FAILING = {
  QueryLanguage: 'JSONata',
  StartAt: 'No',
  States: { No: { Type: 'Fail', Error: 'TooBad', Cause: 'because' } },
};
const OVERDUE = { ...LONG_WAIT, TimeoutSeconds: 1 };

let states: StatesFixture;

beforeEach(async () => {
  states = await statesFixture({
    task: { definition: ONE_TASK },
    wait: { definition: LONG_WAIT },
    fail: { definition: FAILING },
    overdue: { definition: OVERDUE },
  });
});

afterEach(async () => {
  await states.close();
});

async function start(machine: string, name: string, input?: string): Promise<string> {
  const { executionArn: arn } = await states.client.send(
    new StartExecutionCommand({ stateMachineArn: machineArn(machine), name, input }),
  );
  return arn ?? '';
}

function describe(arn: string): Promise<DescribeExecutionCommandOutput> {
  return states.client.send(new DescribeExecutionCommand({ executionArn: arn }));
}

/** Everything but what differs between two runs. */
async function waitForEnd(arn: string): Promise<Partial<DescribeExecutionCommandOutput>> {
  for (;;) {
    const { $metadata: _, startDate, stopDate, ...rest } = await describe(arn);
    if (rest.status === 'RUNNING') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    expect(startDate).toBeInstanceOf(Date);
    expect(stopDate?.getTime()).toBeGreaterThanOrEqual(startDate?.getTime() ?? Infinity);
    return rest;
  }
}

// The shape that AWS sent on 2024-06-30 for such an execution (LocalStack's snapshot test
// `test_describe_execution`).
test('an execution that succeeded is described as AWS does', async () => {
  const arn = await start('task', 'one', '{"a": 1}');
  expect(arn).toBe(executionArn('task', 'one'));
  expect(await waitForEnd(arn)).toEqual({
    executionArn: arn,
    stateMachineArn: machineArn('task'),
    name: 'one',
    status: 'SUCCEEDED',
    input: '{"a": 1}',
    inputDetails: { included: true },
    output: '"done"',
    outputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  });
  expect(states.afterwards.get('one')).toBe('SUCCEEDED');
});

test('METADATA_ONLY leaves input and output out', async () => {
  const arn = await start('task', 'one');
  await waitForEnd(arn);
  const described = await states.client.send(
    new DescribeExecutionCommand({ executionArn: arn, includedData: 'METADATA_ONLY' }),
  );
  expect(described.status).toBe('SUCCEEDED');
  expect(described.input).toBeUndefined();
  expect(described.output).toBeUndefined();
});

test.each([
  ['fail', { status: 'FAILED', error: 'TooBad', cause: 'because' }],
  ['overdue', { status: 'TIMED_OUT', error: 'States.Timeout' }],
])(
  'an execution that ends as %s has error and cause, and the rule hears of it',
  async (machine, wanted) => {
    expect(await waitForEnd(await start(machine, 'one'))).toMatchObject(wanted);
    expect(states.afterwards.get('one')).toBe(wanted.status);
  },
);

test('StopExecution ends a wait at once, with the reason that was given', async () => {
  const arn = await start('wait', 'one');
  expect((await describe(arn)).status).toBe('RUNNING');
  const { stopDate } = await states.client.send(
    new StopExecutionCommand({ executionArn: arn, error: 'Manual', cause: 'enough' }),
  );
  expect(await waitForEnd(arn)).toMatchObject({
    status: 'ABORTED',
    error: 'Manual',
    cause: 'enough',
  });
  expect((await describe(arn)).stopDate).toEqual(stopDate);
  expect(states.afterwards.get('one')).toBe('ABORTED');
});

// AWS omits both keys then (measured for floci issue 2965).
test('an execution that is stopped without a reason has neither error nor cause', async () => {
  const arn = await start('wait', 'one');
  await states.client.send(new StopExecutionCommand({ executionArn: arn }));
  const described = await waitForEnd(arn);
  expect(described.status).toBe('ABORTED');
  expect(Object.keys(described)).not.toContain('error');
  expect(Object.keys(described)).not.toContain('cause');
});

test('stopping an execution that has ended changes nothing', async () => {
  const arn = await start('task', 'one');
  const before = await waitForEnd(arn);
  await states.client.send(new StopExecutionCommand({ executionArn: arn, error: 'Late' }));
  expect(await waitForEnd(arn)).toEqual(before);
});

// As moto verified on AWS: `test_create_state_machine_twice_after_success`.
test('starting with the same name and input gives the same execution while it runs, and an error once it has ended', async () => {
  const arn = await start('wait', 'one', '{}');
  expect(await start('wait', 'one', '{}')).toBe(arn);
  const wanted = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${arn}'` };
  await expect(start('wait', 'one', '{"other": 1}')).rejects.toMatchObject(wanted);
  await states.client.send(new StopExecutionCommand({ executionArn: arn }));
  await expect(start('wait', 'one', '{}')).rejects.toMatchObject(wanted);
});

test('without a name an execution gets one, without an input an empty object', async () => {
  const { executionArn: arn } = await states.client.send(
    new StartExecutionCommand({ stateMachineArn: machineArn('task') }),
  );
  const { name, input } = await waitForEnd(arn ?? '');
  expect(name).toMatch(/^[0-9a-f-]{36}$/);
  expect(input).toBe('{}');
});

test('executions are listed latest first, by status and by page', async () => {
  const names = ['a', 'b', 'c'];
  for (const name of names) await start('wait', name);
  await states.client.send(new StopExecutionCommand({ executionArn: executionArn('wait', 'b') }));
  const list = (options: Partial<ListExecutionsCommand['input']>) =>
    states.client.send(
      new ListExecutionsCommand({ stateMachineArn: machineArn('wait'), ...options }),
    );
  const named = async (options: Partial<ListExecutionsCommand['input']>) =>
    (await list(options)).executions?.map(({ name }) => name);
  expect(await named({})).toEqual(['c', 'b', 'a']);
  expect(await named({ statusFilter: 'RUNNING' })).toEqual(['c', 'a']);
  expect(await named({ statusFilter: 'ABORTED' })).toEqual(['b']);
  const first = await list({ maxResults: 2 });
  expect(first.executions?.map(({ name }) => name)).toEqual(['c', 'b']);
  // One that starts in between belongs to the first page: the second is not shifted.
  await start('wait', 'd');
  expect(await named({ maxResults: 2, nextToken: first.nextToken })).toEqual(['a']);
});

test('close stops what runs, and the rule has run for it', async () => {
  await start('wait', 'one');
  await states.endpoint.close();
  expect(states.afterwards.get('one')).toBe('ABORTED');
});
