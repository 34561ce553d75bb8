import { describe, expect, it } from 'vitest';
import { machine, playHere } from './play-here.ts';

describe('the context object', () => {
  // The shape recorded on AWS by localstack/localstack, v2/outputdecl (BASE_EXPR) and v2/context_object.
  it('tells who runs, since when, and where', async () => {
    const { outcome } = await playHere(
      machine({
        Wait: { Type: 'Wait', Seconds: 5, Next: 'State0' },
        State0: { Type: 'Pass', Output: '{% $states.context %}', End: true },
      }),
      {
        input: { input_value: 'x' },
        execution: { id: 'arn:execution', name: 'run-1', roleArn: 'arn:role' },
        stateMachine: { id: 'arn:machine', name: 'tune' },
      },
    );
    expect(outcome).toMatchObject({
      output: {
        Execution: {
          Id: 'arn:execution',
          Input: { input_value: 'x' },
          StartTime: '2026-01-01T00:00:00.000Z',
          Name: 'run-1',
          RoleArn: 'arn:role',
          RedriveCount: 0,
        },
        StateMachine: { Id: 'arn:machine', Name: 'tune' },
        State: { Name: 'State0', EnteredTime: '2026-01-01T00:00:05.000Z' },
      },
    });
    expect(outcome).not.toHaveProperty('output.State.RetryCount');
  });

  it('has names without being given any, new ones each time', async () => {
    const definition = machine({ X: { Type: 'Succeed', Output: '{% $states.context %}' } });
    const [one, two] = await Promise.all([playHere(definition), playHere(definition)]);
    expect(one.outcome).toMatchObject({
      output: {
        Execution: { Id: expect.stringMatching(/:execution:local:[0-9a-f-]{36}$/) as string },
        StateMachine: { Name: 'local' },
      },
    });
    expect(one.outcome).not.toEqual(two.outcome);
  });
});
