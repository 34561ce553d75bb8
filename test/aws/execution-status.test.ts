import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { readExecutionStatus } from '../../src/aws/execution-calls.ts';
import type { AwsError } from '../../src/contract/shared/aws-error.ts';
import { startStepFunctionsEndpoint } from '../../src/emulator/index.ts';

const CONNECTION = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** A state machine that only waits, and one execution of it. */
async function waiting() {
  const states = await startStepFunctionsEndpoint({
    region: 'eu-west-1',
    stateMachines: [
      {
        name: 'waits',
        definition: {
          QueryLanguage: 'JSONata',
          StartAt: 'Wait',
          States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } },
        },
        open: () => ({ tasks: {}, afterwards: () => Promise.resolve() }),
      },
    ],
  });
  const sfn = new SFNClient({ ...CONNECTION, endpoint: states.url });
  onTestFinished(async () => {
    sfn.destroy();
    await states.close();
  });
  const [stateMachineArn] = states.stateMachineArns;
  const started = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  return { sfn, executionArn: started.executionArn ?? '' };
}

test('the status of an execution is read while it runs and after it was stopped', async () => {
  const { sfn, executionArn } = await waiting();
  const read = readExecutionStatus(() => sfn);
  expect(await read(executionArn)).toBe('RUNNING');
  await sfn.send(new StopExecutionCommand({ executionArn }));
  expect(await read(executionArn)).toBe('ABORTED');
});

test('an embedded run has no execution to ask about', async () => {
  const read = readExecutionStatus(() => {
    throw new Error('nobody may be asked');
  });
  expect(await read('embedded:run-1')).toBeNull();
});

test('a status that cannot be read is null, and why is told', async () => {
  const { sfn, executionArn } = await waiting();
  const told: AwsError[] = [];
  const read = readExecutionStatus(
    () => sfn,
    (error) => told.push(error),
  );
  expect(await read(`${executionArn}-of-nobody`)).toBeNull();
  const gone = new SFNClient({ ...CONNECTION, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
  const unreachable = readExecutionStatus(
    () => gone,
    (error) => told.push(error),
  );
  expect(await unreachable(executionArn)).toBeNull();
  expect(told.map(({ action, kind }) => [action, kind])).toEqual([
    ['states:DescribeExecution', 'not-found'],
    ['states:DescribeExecution', 'unavailable'],
  ]);
});
