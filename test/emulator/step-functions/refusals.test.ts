import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  executionArn,
  machineArn,
  ONE_TASK,
  statesFixture,
  type StatesFixture,
} from './states-fixture.ts';

let states: StatesFixture;

beforeAll(async () => {
  states = await statesFixture({
    'powerdial-b': { definition: ONE_TASK, tags: { 'powerdial:tuner': '1', team: 'orders' } },
    'powerdial-a': { definition: ONE_TASK },
    other: { definition: ONE_TASK },
  });
});

afterAll(async () => {
  await states.close();
});

const MACHINE = machineArn('other');
const NO_MACHINE = machineArn('nobody');
const NO_EXECUTION = executionArn('other', 'nobody');

// Names from the API model; texts as AWS printed them (LocalStack's and moto's recordings, 2023–2024).
test.each([
  [
    'a state machine that is not there',
    new StartExecutionCommand({ stateMachineArn: NO_MACHINE }),
    'StateMachineDoesNotExist',
    `State Machine Does Not Exist: '${NO_MACHINE}'`,
  ],
  [
    'no ARN',
    new DescribeStateMachineCommand({ stateMachineArn: 'not_a_valid_arn' }),
    'InvalidArn',
    "Invalid Arn: 'Invalid ARN prefix: not_a_valid_arn'",
  ],
  [
    'the ARN of something else',
    new DescribeExecutionCommand({ executionArn: MACHINE }),
    'InvalidArn',
    "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
  ],
  [
    'an execution that is not there',
    new DescribeExecutionCommand({ executionArn: NO_EXECUTION }),
    'ExecutionDoesNotExist',
    `Execution Does Not Exist: '${NO_EXECUTION}'`,
  ],
  [
    'the history of one',
    new GetExecutionHistoryCommand({ executionArn: NO_EXECUTION }),
    'ExecutionDoesNotExist',
    `Execution Does Not Exist: '${NO_EXECUTION}'`,
  ],
  [
    'stopping one',
    new StopExecutionCommand({ executionArn: NO_EXECUTION }),
    'ExecutionDoesNotExist',
    `Execution Does Not Exist: '${NO_EXECUTION}'`,
  ],
  [
    'input that is empty',
    new StartExecutionCommand({ stateMachineArn: MACHINE, input: '' }),
    'InvalidExecutionInput',
    "Invalid State Machine Execution Input: 'Invalid execution input.'",
  ],
  [
    'input that is no JSON',
    new StartExecutionCommand({ stateMachineArn: MACHINE, input: 'not json' }),
    'InvalidExecutionInput',
    /^Invalid State Machine Execution Input: '.+'$/,
  ],
  [
    'input above 256 KiB',
    new StartExecutionCommand({ stateMachineArn: MACHINE, input: `"${'x'.repeat(262_144)}"` }),
    'InvalidExecutionInput',
    /262144 bytes/,
  ],
  [
    'a name with a space',
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'a b' }),
    'InvalidName',
    "Invalid Name: 'a b'",
  ],
  [
    'a name that is too long',
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'x'.repeat(81) }),
    'ValidationException',
    `1 validation error detected: Value '${'x'.repeat(81)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
  ],
  [
    'a status in small letters',
    new ListExecutionsCommand({
      stateMachineArn: MACHINE,
      statusFilter: 'succeeded' as 'SUCCEEDED',
    }),
    'ValidationException',
    "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
  ],
  [
    'too large a page',
    new ListStateMachinesCommand({ maxResults: 1001 }),
    'ValidationException',
    "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'a token that nobody gave out',
    new ListStateMachinesCommand({ nextToken: 'made-up' }),
    'InvalidToken',
    /^Invalid Token/,
  ],
  [
    'the tags of nothing',
    new ListTagsForResourceCommand({ resourceArn: NO_MACHINE }),
    'ResourceNotFound',
    `Resource not found: '${NO_MACHINE}'`,
  ],
  [
    'an ARN that is missing',
    new DescribeExecutionCommand({ executionArn: undefined }),
    'ValidationException',
    "1 validation error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not be null",
  ],
])('%s is refused by name', async (_, command, name, message) => {
  const error = await states.client.send(command as StartExecutionCommand).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  expect((error as Error).message).toMatch(message);
});

test('state machines are listed by name and in pages, and say what they are', async () => {
  const all = await states.client.send(new ListStateMachinesCommand({}));
  expect(all.stateMachines?.map(({ name }) => name)).toEqual([
    'other',
    'powerdial-a',
    'powerdial-b',
  ]);
  const first = await states.client.send(new ListStateMachinesCommand({ maxResults: 2 }));
  const rest = await states.client.send(
    new ListStateMachinesCommand({ maxResults: 2, nextToken: first.nextToken }),
  );
  expect(rest.stateMachines).toMatchObject([
    { name: 'powerdial-b', stateMachineArn: machineArn('powerdial-b'), type: 'STANDARD' },
  ]);
  expect(rest.nextToken).toBeUndefined();

  const described = await states.client.send(
    new DescribeStateMachineCommand({ stateMachineArn: MACHINE }),
  );
  expect(described).toMatchObject({ name: 'other', status: 'ACTIVE', type: 'STANDARD' });
  expect(JSON.parse(described.definition ?? '')).toEqual(ONE_TASK);
});

test('tags are those that were offered', async () => {
  const tags = async (name: string) =>
    (await states.client.send(new ListTagsForResourceCommand({ resourceArn: machineArn(name) })))
      .tags;
  expect(await tags('powerdial-b')).toEqual([
    { key: 'powerdial:tuner', value: '1' },
    { key: 'team', value: 'orders' },
  ]);
  expect(await tags('powerdial-a')).toEqual([]);
});

test.each([
  ['no target', {}, '', 'UnknownOperationException'],
  [
    'another operation',
    { 'x-amz-target': 'AWSStepFunctions.CreateActivity' },
    '{}',
    'UnknownOperationException',
  ],
  [
    'a body that is no JSON',
    { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' },
    '{',
    'SerializationException',
  ],
  [
    'a member of the wrong type',
    { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' },
    '{"maxResults":"1"}',
    'SerializationException',
  ],
])('%s: a plain HTTP client reads what is wrong', async (_, headers, body, code) => {
  const answer = await fetch(states.endpoint.url, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { __type: string }).__type).toMatch(new RegExp(`#${code}$`));
});
