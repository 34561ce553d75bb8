import {
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import {
  executionArn,
  LONG_WAIT,
  machineArn,
  ONE_TASK,
  statesFixture,
  TASK_ARN,
  type StatesFixture,
} from './states-fixture.ts';

let states: StatesFixture;

afterEach(async () => {
  await states.close();
});

type Options = Partial<GetExecutionHistoryCommand['input']>;

async function history(options: Options = {}): Promise<readonly HistoryEvent[]> {
  const { events = [] } = await states.client.send(
    new GetExecutionHistoryCommand({ executionArn: executionArn('it', 'one'), ...options }),
  );
  for (const { timestamp } of events) expect(timestamp).toBeInstanceOf(Date);
  return events.map(({ timestamp: _, ...rest }) => rest as HistoryEvent);
}

async function play(machine: Parameters<typeof statesFixture>[0][string]): Promise<void> {
  states = await statesFixture({ it: machine });
  await states.client.send(
    new StartExecutionCommand({ stateMachineArn: machineArn('it'), name: 'one', input: '{"a":1}' }),
  );
}

/** The history once its last event is there. */
async function readWholeHistory(options: Options = {}): Promise<readonly HistoryEvent[]> {
  for (;;) {
    const [last] = await history({ reverseOrder: true, maxResults: 1 });
    if (/^Execution(?!Started)/.test(last?.type ?? '')) return history(options);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const DATA = { truncated: false };
const STARTED = {
  id: 1,
  previousEventId: 0,
  type: 'ExecutionStarted',
  executionStartedEventDetails: {
    input: '{"a":1}',
    inputDetails: DATA,
    roleArn: 'arn:aws:iam::123456789012:role/it',
  },
};
const ENTERED = {
  id: 2,
  previousEventId: 0,
  type: 'TaskStateEntered',
  stateEnteredEventDetails: { name: 'Start', input: '{"a":1}', inputDetails: DATA },
};
const SCHEDULED = {
  id: 3,
  previousEventId: 2,
  type: 'LambdaFunctionScheduled',
  lambdaFunctionScheduledEventDetails: {
    resource: TASK_ARN,
    input: '{"given":{"a":1}}',
    inputDetails: DATA,
    timeoutInSeconds: 5,
  },
};
const TASK_STARTED = { id: 4, previousEventId: 3, type: 'LambdaFunctionStarted' };

// Shapes as AWS sent them: LocalStack's snapshot tests `test_raise_exception` (2023-06-22),
// `test_base_cases[BASE_CONSTANT_LITERALS]` (2024-11-04) and `test_start_execution` (2023-06-22).
test('the history of a task that succeeds holds the variables that its state assigns', async () => {
  await play({ definition: ONE_TASK, task: () => Promise.resolve({ b: 2 }) });
  expect(await readWholeHistory()).toEqual([
    STARTED,
    ENTERED,
    SCHEDULED,
    TASK_STARTED,
    {
      id: 5,
      previousEventId: 4,
      type: 'LambdaFunctionSucceeded',
      lambdaFunctionSucceededEventDetails: { output: '{"b":2}', outputDetails: DATA },
    },
    {
      id: 6,
      previousEventId: 5,
      type: 'TaskStateExited',
      stateExitedEventDetails: {
        name: 'Start',
        output: '{"b":2}',
        outputDetails: DATA,
        assignedVariables: { answer: '{"b":2}' },
        assignedVariablesDetails: DATA,
      },
    },
    {
      id: 7,
      previousEventId: 6,
      type: 'ExecutionSucceeded',
      executionSucceededEventDetails: { output: '{"b":2}', outputDetails: DATA },
    },
  ]);
});

test('the history of a task that fails holds its error under its name, in the task and in the execution', async () => {
  await play({
    definition: ONE_TASK,
    task: () => Promise.reject(Object.assign(new Error('no luck'), { name: 'BadLuck' })),
  });
  const cause = '{"errorType":"BadLuck","errorMessage":"no luck","trace":[]}';
  expect((await readWholeHistory()).slice(3)).toEqual([
    TASK_STARTED,
    {
      id: 5,
      previousEventId: 4,
      type: 'LambdaFunctionFailed',
      lambdaFunctionFailedEventDetails: { error: 'BadLuck', cause },
    },
    {
      id: 6,
      previousEventId: 5,
      type: 'ExecutionFailed',
      executionFailedEventDetails: { error: 'BadLuck', cause },
    },
  ]);
});

// `test_fixed_timeout_lambda` (2024-03-10).
test('the history tells of a task that runs out of its time', async () => {
  const Start = { ...ONE_TASK.States.Start, TimeoutSeconds: 1 };
  await play({
    definition: { ...ONE_TASK, States: { Start } },
    task: (_input, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))),
  });
  expect((await readWholeHistory()).slice(4)).toEqual([
    {
      id: 5,
      previousEventId: 4,
      type: 'LambdaFunctionTimedOut',
      lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' },
    },
    {
      id: 6,
      previousEventId: 5,
      type: 'ExecutionFailed',
      executionFailedEventDetails: { error: 'States.Timeout' },
    },
  ]);
});

// Shapes of `test_fixed_timeout_service_lambda` (2024-03-10) and of the API model.
test('a call that Step Functions makes itself goes by service and action', async () => {
  const resource = 'arn:aws:states:::aws-sdk:s3:putObject';
  const Start = { ...ONE_TASK.States.Start, Resource: resource };
  await play({ definition: { ...ONE_TASK, States: { Start } }, resource });
  const named = { resourceType: 'aws-sdk:s3', resource: 'putObject' };
  expect((await readWholeHistory()).slice(2, 5)).toEqual([
    {
      id: 3,
      previousEventId: 2,
      type: 'TaskScheduled',
      taskScheduledEventDetails: {
        ...named,
        region: 'eu-west-1',
        parameters: '{"given":{"a":1}}',
        timeoutInSeconds: 5,
      },
    },
    { id: 4, previousEventId: 3, type: 'TaskStarted', taskStartedEventDetails: named },
    {
      id: 5,
      previousEventId: 4,
      type: 'TaskSucceeded',
      taskSucceededEventDetails: { ...named, output: '"done"', outputDetails: DATA },
    },
  ]);
});

test('the history tells of an expression that cannot be evaluated', async () => {
  const Start = { Type: 'Pass', Output: '{% $states.input.a.$uppercase(1) %}', End: true };
  await play({ definition: { ...ONE_TASK, States: { Start } } });
  const failed = (await readWholeHistory()).find(({ type }) => type === 'EvaluationFailed');
  expect(failed?.evaluationFailedEventDetails).toMatchObject({
    state: 'Start',
    location: 'Output',
    error: 'States.QueryEvaluationError',
  });
});

// `test_stop_execution` (2024-05-06) and floci issue 2734.
test.each([
  [{}, {}],
  [
    { error: 'Manual', cause: 'probe' },
    { error: 'Manual', cause: 'probe' },
  ],
])('the history of an execution that is stopped with %j ends with it', async (reason, details) => {
  await play({ definition: LONG_WAIT });
  await states.client.send(
    new StopExecutionCommand({ executionArn: executionArn('it', 'one'), ...reason }),
  );
  expect((await readWholeHistory()).at(-1)).toEqual({
    id: 3,
    previousEventId: 0,
    type: 'ExecutionAborted',
    executionAbortedEventDetails: details,
  });
});

test('a history is read in reverse, in pages, and without data', async () => {
  await play({ definition: ONE_TASK });
  const ids = (await readWholeHistory()).map(({ id }) => id);
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect((await history({ reverseOrder: true })).map(({ id }) => id)).toEqual(ids.toReversed());

  const paged: (number | undefined)[] = [];
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const answer = await states.client.send(
      new GetExecutionHistoryCommand({
        executionArn: executionArn('it', 'one'),
        maxResults: 3,
        nextToken,
      }),
    );
    paged.push(...(answer.events ?? []).map(({ id }) => id));
    nextToken = answer.nextToken;
    pages += 1;
  } while (nextToken !== undefined);
  expect(paged).toEqual(ids);
  expect(pages).toBe(3);

  const bare = await history({ includeExecutionData: false });
  expect(JSON.stringify(bare)).not.toContain('"input"');
  expect(JSON.stringify(bare)).not.toContain('"output"');
  expect(bare[1]?.stateEnteredEventDetails).toEqual({ name: 'Start' });
});
