import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { historyEventType, type TaskFunction } from '../../../src/emulator/player/play.ts';
import { failing } from './failing.ts';
import { machine, playHere, type Played } from './play-here.ts';
import { VirtualClock } from './virtual-clock.ts';

/** `id previousEventId type`, as in GetExecutionHistory. */
function history({ events }: Played): readonly string[] {
  return events.flatMap((event) => {
    const type = historyEventType(event);
    return type === undefined ? [] : [`${event.id ?? '-'} ${event.previousId ?? '-'} ${type}`];
  });
}

const LAMBDA = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const tooLarge: TaskFunction = () => Promise.resolve('ü'.repeat(200_000));

interface Recording {
  /** The test in localstack/localstack, tests/aws/services/stepfunctions/v2, that recorded it on AWS. */
  readonly name: string;
  readonly definition: object;
  readonly task?: TaskFunction;
  readonly input?: Json;
  readonly history: readonly string[];
}

const RECORDED: readonly Recording[] = [
  {
    name: 'error_handling/test_task_lambda, test_raise_exception',
    definition: machine({ Start: { Type: 'Task', Resource: LAMBDA, End: true } }),
    task: failing(['Exception']),
    history: [
      '1 0 ExecutionStarted',
      '2 0 TaskStateEntered',
      '3 2 LambdaFunctionScheduled',
      '4 3 LambdaFunctionStarted',
      '5 4 LambdaFunctionFailed',
      '6 5 ExecutionFailed',
    ],
  },
  {
    name: 'error_handling/test_task_lambda, test_raise_exception_catch',
    definition: machine({
      Start: {
        Type: 'Task',
        Resource: LAMBDA,
        Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Handler' }],
        End: true,
      },
      Handler: { Type: 'Pass', End: true },
    }),
    task: failing(['Exception']),
    history: [
      '1 0 ExecutionStarted',
      '2 0 TaskStateEntered',
      '3 2 LambdaFunctionScheduled',
      '4 3 LambdaFunctionStarted',
      '5 4 LambdaFunctionFailed',
      '6 5 TaskStateExited',
      '7 6 PassStateEntered',
      '8 7 PassStateExited',
      '9 8 ExecutionSucceeded',
    ],
  },
  {
    name: 'error_handling/test_states_errors, test_task_lambda_data_limit_exceeded_on_large_utf8_response',
    definition: machine({
      InvokeLambda: {
        Type: 'Task',
        Resource: LAMBDA,
        Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Handle' }],
        End: true,
      },
      Handle: { Type: 'Pass', End: true },
    }),
    task: tooLarge,
    history: [
      '1 0 ExecutionStarted',
      '2 0 TaskStateEntered',
      '3 2 LambdaFunctionScheduled',
      '4 3 LambdaFunctionStarted',
      '5 4 LambdaFunctionFailed',
      '6 5 TaskStateExited',
      '7 6 PassStateEntered',
      '8 7 PassStateExited',
      '9 8 ExecutionSucceeded',
    ],
  },
  {
    name: 'evaluate_jsonata/test_base_evaluate_expressions, test_base_task[TIMEOUT_SECONDS]',
    definition: machine({
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        TimeoutSeconds: '{% 1 %}',
        End: true,
      },
    }),
    history: [
      '1 0 ExecutionStarted',
      '2 0 TaskStateEntered',
      '3 2 TaskScheduled',
      '4 3 TaskStarted',
      '5 4 TaskSucceeded',
      '6 5 TaskStateExited',
      '7 6 ExecutionSucceeded',
    ],
  },
  {
    name: 'assign/test_assign_base, test_assign_in_choice[CONDITION_FALSE]',
    definition: machine({
      ChoiceState: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.condition %}', Next: 'ConditionTrue' }],
        Default: 'DefaultState',
      },
      ConditionTrue: { Type: 'Pass', End: true },
      DefaultState: { Type: 'Fail', Cause: 'Condition is false' },
    }),
    input: { condition: false },
    history: [
      '1 0 ExecutionStarted',
      '2 0 ChoiceStateEntered',
      '3 2 ChoiceStateExited',
      '4 3 FailStateEntered',
      '5 4 ExecutionFailed',
    ],
  },
];

describe('the history of an execution', () => {
  it.each(RECORDED)(
    'is that of AWS: $name',
    async ({ definition, task, input, history: wanted }) => {
      const answer: TaskFunction = task ?? (() => Promise.resolve({}));
      const played = await playHere(definition, {
        ...(input === undefined ? {} : { input }),
        tasks: { [LAMBDA]: answer, 'arn:aws:states:::lambda:invoke': answer },
      });
      expect(history(played)).toEqual(wanted);
    },
  );

  // timeouts/test_timeouts, test_fixed_timeout_lambda: the same source.
  it('is that of AWS: a task that times out', async () => {
    const clock = new VirtualClock();
    const played = await playHere(
      machine({ Start: { Type: 'Task', Resource: LAMBDA, TimeoutSeconds: 5, End: true } }),
      {
        clock,
        tasks: { [LAMBDA]: (_, { signal }) => clock.sleep(60_000, signal).then(() => null) },
      },
    );
    expect(history(played).slice(2)).toEqual([
      '3 2 LambdaFunctionScheduled',
      '4 3 LambdaFunctionStarted',
      '5 4 LambdaFunctionTimedOut',
      '6 5 ExecutionFailed',
    ]);
    expect(played.events[2]).toMatchObject({ resource: LAMBDA, input: {}, timeoutSeconds: 5 });
    expect(played.events.at(-1)).toMatchObject({ error: 'States.Timeout' });
    expect(played.events.at(-1)).not.toHaveProperty('cause');
  });

  it('schedules the task again for a retry, which has no event of its own there', async () => {
    const played = await playHere(
      machine({
        X: { Type: 'Task', Resource: 'f', Retry: [{ ErrorEquals: ['E'] }], End: true },
      }),
      { tasks: { f: failing(['E']) } },
    );
    expect(history(played).slice(4, 7)).toEqual([
      '5 4 LambdaFunctionFailed',
      '6 5 LambdaFunctionScheduled',
      '7 6 LambdaFunctionStarted',
    ]);
    const retry = played.events.find(({ kind }) => kind === 'retry');
    expect(retry).toMatchObject({ id: null, error: 'E', retryCount: 1, delayMs: 1000 });
    expect(played.events[6]).toMatchObject({ kind: 'task-scheduled', retryCount: 1 });
    // The times are the clock's.
    expect((played.events[6]?.atMs ?? 0) - (played.events[0]?.atMs ?? 0)).toBe(1000);
  });

  // floci-io/floci issue 2734, measured on AWS: event 25,000 is the failure, 24,999 the last real one.
  it('ends a loop at 25,000 events', async () => {
    const always = { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }] };
    const { outcome, events } = await playHere(machine({ Loop: always }));
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(events.at(-1)).toMatchObject({
      kind: 'execution-failed',
      id: 25_000,
      previousId: 24_999,
    });
    expect(events.at(-2)).toMatchObject({ kind: 'state-exited', id: 24_999 });
  });
});

describe('Fail and Succeed', () => {
  it.each<[object, object]>([
    [
      { Error: 'E', Cause: 'C' },
      { error: 'E', cause: 'C' },
    ],
    [{}, {}],
    [{ Cause: 'Condition is false' }, { cause: 'Condition is false' }],
    [
      { Error: '{% $states.input.e %}', Cause: "{% 'because of ' & $states.input.e %}" },
      { error: 'F', cause: 'because of F' },
    ],
  ])('Fail with %j', async (fields, failure) => {
    const { outcome, events } = await playHere(machine({ X: { Type: 'Fail', ...fields } }), {
      input: { e: 'F' },
    });
    const { status, error, cause } = outcome as { status: string; error?: string; cause?: string };
    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: undefined,
      cause: undefined,
      ...failure,
    });
    expect(events.at(-1)).toMatchObject(failure);
  });

  it('Fail needs strings', async () => {
    const { outcome } = await playHere(machine({ X: { Type: 'Fail', Error: '{% 1 %}' } }));
    expect(outcome).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(
        "'Error' returned an unexpected result. Expected a string",
      ) as string,
    });
  });

  it('Succeed hands on its input, or its Output', async () => {
    const plain = await playHere(machine({ X: { Type: 'Succeed' } }), { input: [1] });
    expect(plain.outcome).toMatchObject({ status: 'SUCCEEDED', output: [1], transitions: 1 });
    const changed = await playHere(
      machine({ X: { Type: 'Succeed', Output: '{% $states.input.a %}' } }),
      { input: { a: null } },
    );
    expect(changed.outcome).toMatchObject({ output: null });
  });
});
