import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  ListFunctionEventInvokeConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
  type LambdaClient,
  type PutFunctionEventInvokeConfigCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, test, vi } from 'vitest';
import type { EchoHost } from './echo-host.ts';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:failed';
const FAST = { eventRetryMs: 1, eventThrottledMs: 1 };

function configure(client: LambdaClient, input: Partial<PutFunctionEventInvokeConfigCommandInput>) {
  return client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...input }));
}

function send(client: LambdaClient, Qualifier?: string) {
  return client.send(new InvokeCommand({ FunctionName, Qualifier, InvocationType: 'Event' }));
}

/** However long that takes. */
function hasRun(host: EchoHost, times: number) {
  return vi.waitFor(() => expect(host.invocations).toHaveLength(times), {
    timeout: 60_000,
    interval: 2,
  });
}

/** Twenty times as long as anything waits here: what would still run, has run. */
async function quietFor20Ms() {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const failing = () => ({
  payload: Buffer.from('{"errorType":"Error"}'),
  functionError: 'Unhandled' as const,
  log: Buffer.alloc(0),
});

describe('the configuration', () => {
  test('is put, read, updated member by member and deleted', async () => {
    const { client } = await fixture();
    const get = new GetFunctionEventInvokeConfigCommand({ FunctionName });
    expect((await errorOf(client.send(get))).message).toBe(
      `The function ${FUNCTION_ARN}:$LATEST doesn't have an EventInvokeConfig`,
    );
    await configure(client, {
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });
    const update = new UpdateFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumEventAgeInSeconds: 60,
    });
    await client.send(update);
    const { $metadata: _, ...config } = await client.send(get);
    expect(config).toEqual({
      FunctionArn: `${FUNCTION_ARN}:$LATEST`,
      LastModified: new Date('2026-11-21'),
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: QUEUE }, OnSuccess: {} },
    });
    // Put replaces all of it.
    await configure(client, { MaximumRetryAttempts: 0 });
    expect((await client.send(get)).MaximumEventAgeInSeconds).toBeUndefined();
    const remove = new DeleteFunctionEventInvokeConfigCommand({ FunctionName });
    expect((await client.send(remove)).$metadata.httpStatusCode).toBe(204);
    expect((await errorOf(client.send(get))).name).toBe('ResourceNotFoundException');
    expect((await errorOf(client.send(update))).name).toBe('ResourceNotFoundException');
  });

  test('a version has its own, which goes with it', async () => {
    const { client } = await fixture();
    await client.send(new PublishVersionCommand({ FunctionName }));
    const zero = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
    expect(await configure(client, { Qualifier: '1', ...zero })).toMatchObject({
      FunctionArn: `${FUNCTION_ARN}:1`,
      ...zero,
    });
    const list = new ListFunctionEventInvokeConfigsCommand({ FunctionName });
    expect((await client.send(list)).FunctionEventInvokeConfigs).toHaveLength(1);
    await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }));
    expect((await client.send(list)).FunctionEventInvokeConfigs).toEqual([]);
  });

  test.each<[string, Partial<PutFunctionEventInvokeConfigCommandInput>, string]>([
    ['nothing', {}, 'InvalidParameterValueException'],
    ['3 retries', { MaximumRetryAttempts: 3 }, 'ValidationException'],
    ['an age of 59 s', { MaximumEventAgeInSeconds: 59 }, 'ValidationException'],
    ['no version', { Qualifier: '9', MaximumRetryAttempts: 0 }, 'ResourceNotFoundException'],
    ['no alias', { Qualifier: 'live', MaximumRetryAttempts: 0 }, 'ResourceNotFoundException'],
  ])('%s is refused', async (_, input, name) => {
    const { client } = await fixture();
    expect((await errorOf(configure(client, input))).name).toBe(name);
  });

  test('a dead-letter queue is part of the function, and a version keeps it', async () => {
    const { client } = await fixture({}, { deadLetterArn: QUEUE });
    await client.send(new PublishVersionCommand({ FunctionName }));
    const read = async (Qualifier?: string) =>
      (await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier })))
        .DeadLetterConfig;
    expect(await read()).toEqual({ TargetArn: QUEUE });
    const none = { FunctionName, DeadLetterConfig: { TargetArn: '' } };
    await client.send(new UpdateFunctionConfigurationCommand(none));
    expect(await read()).toBeUndefined();
    expect(await read('1')).toEqual({ TargetArn: QUEUE });
  });
});

// "How Lambda handles errors and retries with asynchronous invocation": two retries unless configured.
describe('an event that fails', () => {
  test.each([
    [undefined, 3],
    [2, 3],
    [1, 2],
    [0, 1],
  ])('with %s retries runs %i times, under one request id', async (retries, runs) => {
    const { client, host } = await fixture(FAST);
    host.reply = failing;
    if (retries !== undefined) await configure(client, { MaximumRetryAttempts: retries });
    const { $metadata } = await send(client);
    await hasRun(host, runs);
    await quietFor20Ms();
    expect(host.invocations.map(({ requestId }) => requestId)).toEqual(
      Array.from({ length: runs }, () => $metadata.requestId),
    );
  });

  test('that succeeds at its second try is not run again', async () => {
    const { client, host } = await fixture(FAST);
    const good = host.reply;
    host.reply = (invocation) => (host.invocations.length < 2 ? failing() : good(invocation));
    await send(client);
    await hasRun(host, 2);
    await quietFor20Ms();
    expect(host.invocations).toHaveLength(2);
  });

  test('by an alias or version goes by the configuration of that one', async () => {
    const { client, host } = await fixture(FAST);
    host.reply = failing;
    await client.send(new PublishVersionCommand({ FunctionName }));
    const alias = new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' });
    await client.send(alias);
    await configure(client, { Qualifier: 'live', MaximumRetryAttempts: 0 });
    await send(client, 'live');
    await hasRun(host, 1);
    await send(client, '1');
    await hasRun(host, 4);
  });

  test('is dropped once it is too old', async () => {
    const { client, host, clock } = await fixture(FAST);
    await configure(client, { MaximumEventAgeInSeconds: 60 });
    host.reply = () => {
      clock.nowMs += 40_000;
      return failing();
    };
    await send(client);
    // 40 s: again. 80 s: too old for the second retry.
    await hasRun(host, 2);
    await quietFor20Ms();
    expect(host.invocations).toHaveLength(2);
  });
});

describe('an event that is throttled', () => {
  const reserve = (client: LambdaClient, ReservedConcurrentExecutions: number) =>
    client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));

  test('is accepted, waits and runs when there is room', async () => {
    const { client, host } = await fixture(FAST);
    await reserve(client, 0);
    expect((await send(client)).StatusCode).toBe(202);
    await quietFor20Ms();
    expect(host.invocations).toHaveLength(0);
    await reserve(client, 1);
    await hasRun(host, 1);
  });

  test('is dropped once it is too old', async () => {
    const { client, host, clock } = await fixture(FAST);
    await configure(client, { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
    await reserve(client, 0);
    await send(client);
    clock.nowMs += 61_000;
    await quietFor20Ms();
    await reserve(client, 1);
    await quietFor20Ms();
    expect(host.invocations).toHaveLength(0);
  });

  test('holds up no closing of the endpoint', async () => {
    const { client, endpoint } = await fixture({ eventThrottledMs: 600_000 });
    await reserve(client, 0);
    await send(client);
    await endpoint.close();
  });
});
