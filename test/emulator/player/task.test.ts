import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import type { TaskFunction } from '../../../src/emulator/player/play.ts';
import { StatesError } from '../../../src/emulator/player/states-error.ts';
import { machine, playHere } from './play-here.ts';

function task(fields: object = {}): object {
  return machine({ Work: { Type: 'Task', Resource: '${WorkFunctionArn}', End: true, ...fields } });
}

/** Plays one Task and tells what its function got. */
async function work(fields: object, answer: TaskFunction, input: Json = { a: 1 }) {
  const got: Json[] = [];
  const played = await playHere(task(fields), {
    input,
    tasks: {
      '${WorkFunctionArn}': (payload, context) => {
        got.push(payload);
        return answer(payload, context);
      },
    },
  });
  return { ...played, got };
}

const echo: TaskFunction = (payload) => Promise.resolve(payload);

describe('Task', () => {
  it('passes the input and hands on the result', async () => {
    const { outcome, got } = await work({}, () => Promise.resolve({ done: true }));
    expect(got).toEqual([{ a: 1 }]);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { done: true }, transitions: 1 });
  });

  it('passes Arguments, and makes its output from the result and the input', async () => {
    const { outcome, got } = await work(
      {
        Arguments: { b: ['{% $states.input.a + 1 %}'], literal: 'x' },
        Output: { result: '{% $states.result.b[0] %}', input: '{% $states.input.a %}' },
      },
      echo,
    );
    expect(got).toEqual([{ b: [2], literal: 'x' }]);
    expect(outcome).toMatchObject({ output: { result: 2, input: 1 } });
  });

  it.each<[string, unknown, Json]>([
    ['nothing as null', undefined, null],
    ['what JSON leaves out', { a: undefined, b: 1 }, { b: 1 }],
    ['a date as its text', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
  ])('reads %s, as from a Lambda function', async (_, answer, output) => {
    const { outcome } = await work({}, () => Promise.resolve(answer as Json));
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('tells its function the state and gives it a signal that stays quiet', async () => {
    let signal: AbortSignal | undefined;
    await work({}, (_, context) => {
      signal = context.signal;
      expect(context).toMatchObject({ stateName: 'Work', retryCount: 0 });
      return Promise.resolve(null);
    });
    expect(signal?.aborted).toBe(false);
  });

  class NotFound extends Error {
    override readonly name = 'TargetNotFound';
  }

  it.each<[string, () => unknown, string, object]>([
    [
      'an error by its name',
      () => new NotFound('No such function.'),
      'TargetNotFound',
      { errorType: 'TargetNotFound', errorMessage: 'No such function.', trace: [] },
    ],
    [
      'a common error',
      () => new TypeError('x is not a function'),
      'TypeError',
      { errorType: 'TypeError', errorMessage: 'x is not a function', trace: [] },
    ],
    ['a string', () => 'oh', 'string', { errorType: 'string', errorMessage: 'oh', trace: [] }],
  ])('fails with %s that is thrown', async (_, thrown, error, cause) => {
    const throws = (): never => {
      throw thrown() as Error;
    };
    for (const fail of [throws, () => Promise.resolve().then(throws)]) {
      const { outcome } = await work({}, fail);
      expect(outcome).toMatchObject({ status: 'FAILED', error });
      expect('cause' in outcome && JSON.parse(outcome.cause ?? '')).toEqual(cause);
    }
  });

  it('fails with the error of a service as it is, its cause no JSON of a function', async () => {
    const refused = new StatesError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    const { outcome } = await work({}, () => Promise.reject(refused));
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.TooManyRequestsException',
      cause: 'Rate Exceeded.',
    });
  });

  it('fails on a result that is no JSON', async () => {
    const { outcome } = await work({}, () => Promise.resolve({ n: 1n } as unknown as Json));
    expect(outcome).toMatchObject({
      error: 'Runtime.MarshalError',
      cause: expect.stringContaining('Unable to stringify response body') as string,
    });
  });
});

// Step Functions quotas: 256 KiB for a state's input, output and a task's payload.
describe('data that is too large', () => {
  const KIB = 1024;
  const text = (bytes: number) => 'x'.repeat(bytes - 2);
  const within = text(256 * KIB);
  const above = text(256 * KIB + 1);

  it('passes at the limit', async () => {
    const { outcome, got } = await work({ Arguments: within }, echo);
    expect(got[0]).toHaveLength(within.length);
    expect(outcome.status).toBe('SUCCEEDED');
  });

  it('fails as the task’s result, in the words of AWS, and is caught by name only', async () => {
    const tooLarge = () => Promise.resolve(above);
    const cause =
      "The state/task '${WorkFunctionArn}' returned a result with a size exceeding the maximum number of bytes service limit.";
    const { outcome, events } = await work({}, tooLarge);
    expect(outcome).toMatchObject({ error: 'States.DataLimitExceeded', cause });
    expect(events.at(-2)).toMatchObject({ kind: 'task-failed', error: 'States.DataLimitExceeded' });
    for (const [name, status] of [
      ['States.DataLimitExceeded', 'SUCCEEDED'],
      ['States.ALL', 'FAILED'],
    ] as const) {
      const { outcome: caught } = await playHere(
        machine({
          Work: {
            Type: 'Task',
            Resource: 'f',
            Catch: [{ ErrorEquals: [name], Next: 'Caught' }],
            End: true,
          },
          Caught: { Type: 'Succeed' },
        }),
        { tasks: { f: tooLarge } },
      );
      expect(caught.status).toBe(status);
    }
  });

  it.each<[string, object, string]>([
    ['Arguments', { Arguments: `{% $pad('', ${256 * KIB}, 'x') %}` }, 'The Arguments field'],
    ['Output', { Output: `{% $pad('', ${256 * KIB}, 'x') %}` }, 'The output'],
    ['Assign', { Assign: { v: `{% $pad('', ${256 * KIB}, 'x') %}` } }, 'The Assign field'],
  ])('fails as %s', async (_, fields, what) => {
    const { outcome } = await work(fields, () => Promise.resolve(null));
    expect(outcome).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: `An error occurred while executing the state 'Work' (entered at the event id #2). ${what} has 262146 bytes, more than the 262144 that Step Functions allows.`,
    });
  });

  it('fails as the execution’s input', async () => {
    const { outcome } = await work({}, echo, above);
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      transitions: 0,
    });
  });

  it('fails where it is small in memory and endless in writing', async () => {
    const doubling = `($d := function($v, $n) { $n = 0 ? $v : $d([[$v], [$v]], $n - 1) }; $d('x', 60))`;
    const { outcome } = await work({ Output: `{% ${doubling} %}` }, () => Promise.resolve(null));
    expect(outcome).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: expect.stringContaining("field 'Output' returned far more than the 262144") as string,
    });
  });
});
