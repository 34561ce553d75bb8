import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { failing } from './failing.ts';
import { machine, playHere } from './play-here.ts';

const CAUSE = '{"errorType":"Boom","errorMessage":"Boom it is","trace":[]}';

function withCatch(catchers: readonly object[], task: object = {}): object {
  return machine({
    Try: {
      Type: 'Task',
      Resource: 'f',
      Catch: catchers.map((catcher) => ({ Next: 'Caught', ...catcher })),
      Assign: { fromTask: true },
      End: true,
      ...task,
    },
    Caught: {
      Type: 'Pass',
      Output: {
        input: '{% $states.input %}',
        fromTask: '{% $exists($fromTask) %}',
        failure: '{% $exists($failure) ? $failure : null %}',
      },
      End: true,
    },
    Other: { Type: 'Pass', Output: 'other', End: true },
  });
}

describe('Catch', () => {
  const input = { inputData: 'dummy' };

  it('hands on the error output by default, and assigns nothing of the task’s', async () => {
    const { outcome } = await playHere(withCatch([{ ErrorEquals: ['Boom'] }]), {
      input,
      tasks: { f: failing(['Boom']) },
    });
    expect(outcome).toMatchObject({
      status: 'SUCCEEDED',
      output: { input: { Error: 'Boom', Cause: CAUSE }, fromTask: false, failure: null },
    });
  });

  it('has an Assign and an Output of its own, which see the input and the error', async () => {
    const catcher = {
      ErrorEquals: ['States.ALL'],
      Assign: { failure: '{% $states.errorOutput %}' },
      Output: {
        stateInput: '{% $states.input %}',
        stateError: '{% $states.errorOutput.Error %}',
        message: '{% $parse($states.errorOutput.Cause).errorMessage %}',
        name: '{% $states.context.State.Name %}',
      },
    };
    const { outcome } = await playHere(withCatch([catcher]), {
      input,
      tasks: { f: failing(['Boom']) },
    });
    expect(outcome).toMatchObject({
      output: {
        input: {
          stateInput: { inputData: 'dummy' },
          stateError: 'Boom',
          message: 'Boom it is',
          name: 'Try',
        },
        fromTask: false,
        failure: { Error: 'Boom', Cause: CAUSE },
      },
    });
  });

  it('takes the first catcher that is meant for the error', async () => {
    const { outcome, events } = await playHere(
      withCatch([
        { ErrorEquals: ['Nope'] },
        { ErrorEquals: ['A', 'Boom'], Next: 'Other' },
        { ErrorEquals: ['States.ALL'] },
      ]),
      { tasks: { f: failing(['Boom']) } },
    );
    expect(outcome).toMatchObject({ output: 'other' });
    expect(events.find(({ kind }) => kind === 'caught')).toMatchObject({
      stateName: 'Try',
      next: 'Other',
      error: 'Boom',
      cause: CAUSE,
      id: null,
    });
  });

  it('fails the execution when no catcher is meant for it', async () => {
    const { outcome } = await playHere(withCatch([{ ErrorEquals: ['Nope'] }]), {
      tasks: { f: failing(['Boom']) },
    });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'Boom', cause: CAUSE });
  });

  it('comes after the retries', async () => {
    const definition = withCatch([{ ErrorEquals: ['Boom'], Next: 'Other' }], {
      Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }],
    });
    const once = await playHere(definition, { tasks: { f: failing(['Boom']) } });
    expect(once.outcome).toMatchObject({ output: null, transitions: 2 });
    const twice = await playHere(definition, { tasks: { f: failing(['Boom', 'Boom']) } });
    expect(twice.outcome).toMatchObject({ output: 'other', transitions: 3 });
  });

  it('does not catch what fails in a catcher', async () => {
    const { outcome } = await playHere(
      withCatch([{ ErrorEquals: ['States.ALL'], Output: { v: '{% $absent %}' } }]),
      { tasks: { f: failing(['Boom']) } },
    );
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("field 'Catch[0]/Output/v' returned nothing") as string,
    });
  });

  it.each<[string, object, string]>([
    [
      'Arguments',
      { Arguments: { a: ['{% $absent %}'] } },
      "field 'Arguments/a[0]' returned nothing",
    ],
    [
      'TimeoutSeconds',
      { TimeoutSeconds: '{% -5 %}' },
      'Expected an integer from 1 to 99999999, but was: -5',
    ],
    ['TimeoutSeconds', { TimeoutSeconds: "{% 'long' %}" }, 'but was: "long"'],
    ['Output', { Output: '{% $states.result.absent %}' }, "field 'Output' returned nothing"],
    ['Assign', { Assign: { x: '{% $states.result + 1 %}' } }, "field 'Assign/x' threw an error"],
  ])('catches what fails in the evaluation of %s', async (_, task, cause) => {
    const { outcome } = await playHere(
      withCatch([{ ErrorEquals: ['States.QueryEvaluationError'] }], task),
      { tasks: { f: () => Promise.resolve('text') } },
    );
    expect(outcome).toMatchObject({
      output: {
        input: {
          Error: 'States.QueryEvaluationError',
          Cause: expect.stringContaining(cause) as string,
        },
      },
    });
  });

  // Which fields may read the result and the error: Developer Guide, "Reserved variable: $states".
  it.each<[string, Json]>([
    ['Arguments', '{% $states.result %}'],
    ['TimeoutSeconds', '{% $states.result %}'],
    ['Output', '{% $states.errorOutput %}'],
    ['Catch', [{ ErrorEquals: ['A'], Next: 'Other', Output: '{% $states.result %}' }]],
  ])('refuses in %s: %s', async (field, value) => {
    await expect(playHere(withCatch([], { [field]: value }))).rejects.toThrow(
      /Reference to '\$states\.(result|errorOutput)' is not supported in this field/,
    );
  });
});
