import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test, vi } from 'vitest';
import { isAwsError } from '../../src/contract/shared/aws-error.ts';
import { type FaultName, faultPlan } from '../../src/emulator/index.ts';
import { embeddedDeps } from './embedded-deps.ts';

const FunctionName = 'orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:failed';

test('an asynchronous invocation is accepted, and its report is found in the log', async () => {
  const { deps } = await embeddedDeps();
  const taken = await deps.invokeAsynchronously({ functionName: FunctionName, payload: '{}' });
  if (taken.kind !== 'accepted') throw new Error(taken.kind);
  const lines = await vi.waitFor(
    async () => {
      const { events } = await deps.findLogEvents({
        logGroup: '/aws/lambda/orders',
        text: taken.requestId,
        fromMs: 0,
        toMs: Date.now() + 60_000,
        streamPrefixes: null,
        withinMs: 20_000,
      });
      expect(events).not.toEqual([]);
      return events.map(({ message }) => message);
    },
    { timeout: 60_000 },
  );
  expect(lines.at(-1)).toMatch(`REPORT RequestId: ${taken.requestId}\tDuration: 10.00 ms`);
});

test('an asynchronous invocation of a throttled function is accepted all the same', async () => {
  const { deps, client } = await embeddedDeps();
  const none = { FunctionName, ReservedConcurrentExecutions: 0 };
  await client.send(new PutFunctionConcurrencyCommand(none));
  const taken = await deps.invokeAsynchronously({ functionName: FunctionName, payload: '{}' });
  expect(taken.kind).toBe('accepted');
});

test('an asynchronous invocation of a version that does not exist is refused', async () => {
  const { deps } = await embeddedDeps();
  const reply = await deps.invokeAsynchronously({
    functionName: FunctionName,
    qualifier: '9',
    payload: '{}',
  });
  expect(reply).toMatchObject({ kind: 'refused', error: { kind: 'not-found' } });
});

// One attempt: a second would run the target twice.
test.each<[FaultName, string]>([
  ['dropped-socket', 'lost'],
  ['server-error', 'lost'],
  ['throttled', 'throttled'],
  ['access-denied', 'refused'],
])('after %s the invocation is %s, and not tried again', async (fault, kind) => {
  const plan = faultPlan({ call: 1, when: 'before', fault });
  const { deps } = await embeddedDeps({ intercept: plan.intercept });
  const reply = await deps.invokeAsynchronously({ functionName: FunctionName, payload: '{}' });
  expect(reply.kind).toBe(kind);
  expect(plan.calls()).toEqual(['Invoke']);
});

test('a version is told not to retry, and to drop what waits for a minute', async () => {
  const { deps, client } = await embeddedDeps();
  await client.send(new PublishVersionCommand({ FunctionName }));
  await deps.setEventInvokeConfig({ functionName: FunctionName, version: '1' });
  const get = new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: '1' });
  expect(await client.send(get)).toMatchObject({
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
  });
  const missing: unknown = await deps
    .setEventInvokeConfig({ functionName: FunctionName, version: '9' })
    .catch((thrown: unknown) => thrown);
  expect(isAwsError(missing, 'not-found')).toBe(true);
});

test('failures go nowhere, to a dead-letter queue, or to a destination', async () => {
  const plain = await embeddedDeps();
  expect(await plain.deps.readFailureDestination(FunctionName)).toBeNull();
  const put = (input: object) =>
    plain.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...input }));
  await put({ MaximumRetryAttempts: 1 });
  expect(await plain.deps.readFailureDestination(FunctionName)).toBeNull();
  await put({ DestinationConfig: { OnSuccess: { Destination: QUEUE } } });
  expect(await plain.deps.readFailureDestination(FunctionName)).toBeNull();
  await put({ DestinationConfig: { OnFailure: { Destination: QUEUE } } });
  expect(await plain.deps.readFailureDestination(FunctionName)).toBe(QUEUE);
  await plain.client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
  expect(await plain.deps.readFailureDestination(FunctionName)).toBeNull();

  const { deps } = await embeddedDeps({}, { deadLetterArn: QUEUE });
  expect(await deps.readFailureDestination(FunctionName)).toBe(QUEUE);
});

test('a denied look for destinations is an error, never "nowhere"', async () => {
  const { intercept } = faultPlan({
    operation: 'GetFunctionEventInvokeConfig',
    call: 1,
    when: 'before',
    fault: 'access-denied',
  });
  const { deps } = await embeddedDeps({ intercept });
  const error: unknown = await deps
    .readFailureDestination(FunctionName)
    .catch((thrown: unknown) => thrown);
  expect(isAwsError(error, 'denied')).toBe(true);
  expect(error).toMatchObject({ action: 'lambda:GetFunctionEventInvokeConfig' });
});
