import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { errorOf, fixture, ORDERS } from './lambda-fixture.ts';
import type { EchoHost } from './echo-host.ts';

const FunctionName = 'orders';

function reserve(client: LambdaClient, ReservedConcurrentExecutions: number) {
  return client.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  );
}

/** Starts invocations that stay under way until the returned function is called. */
async function hold(client: LambdaClient, host: EchoHost, names: readonly string[]) {
  let open = (): void => undefined;
  host.gate = new Promise((resolve) => (open = resolve));
  const already = host.invocations.length;
  const answers = names.map((name) => client.send(new InvokeCommand({ FunctionName: name })));
  while (host.invocations.length < already + names.length) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return async () => {
    open();
    await Promise.all(answers);
  };
}

test("what runs at once is limited by the account (429, with AWS's reason and Retry-After)", async () => {
  const { client, host } = await fixture({ accountConcurrency: 2 });
  const finish = await hold(client, host, ['orders', 'orders']);
  const error = await errorOf(client.send(new InvokeCommand({ FunctionName })));
  expect(error).toBeInstanceOf(TooManyRequestsException);
  expect(error.$metadata.httpStatusCode).toBe(429);
  expect(error).toMatchObject({
    Reason: 'ConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
    retryAfterSeconds: '1',
  });
  expect(host.invocations).toHaveLength(2);
  await finish();
  expect((await client.send(new InvokeCommand({ FunctionName }))).StatusCode).toBe(200);
});

test('all versions of a function count together', async () => {
  const { client, host } = await fixture();
  await client.send(new PublishVersionCommand({ FunctionName }));
  await reserve(client, 1);
  const finish = await hold(client, host, ['orders:1']);
  expect(await errorOf(client.send(new InvokeCommand({ FunctionName })))).toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  await finish();
});

test('a reservation is taken from the others and kept for its function', async () => {
  const { client, host, endpoint } = await fixture({ accountConcurrency: 101 });
  endpoint.addFunction({ ...ORDERS, name: 'invoices', host });
  await reserve(client, 1);
  const settings = await client.send(new GetAccountSettingsCommand({}));
  expect(settings.AccountLimit).toMatchObject({
    ConcurrentExecutions: 101,
    UnreservedConcurrentExecutions: 100,
  });
  expect(settings.AccountUsage?.FunctionCount).toBe(2);

  const finish = await hold(
    client,
    host,
    Array.from({ length: 100 }, () => 'invoices'),
  );
  const full = errorOf(client.send(new InvokeCommand({ FunctionName: 'invoices' })));
  expect(await full).toMatchObject({ Reason: 'ConcurrentInvocationLimitExceeded' });
  const finishReserved = await hold(client, host, ['orders']);
  await finishReserved();
  await finish();
});

test('a reservation of 0 stops a function', async () => {
  const { client } = await fixture();
  await reserve(client, 0);
  expect(await errorOf(client.send(new InvokeCommand({ FunctionName })))).toMatchObject({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
});

test('a reservation is set, read and taken away', async () => {
  const { client } = await fixture();
  const read = async () =>
    (await client.send(new GetFunctionConcurrencyCommand({ FunctionName })))
      .ReservedConcurrentExecutions;
  expect(await read()).toBeUndefined();
  expect((await reserve(client, 5)).ReservedConcurrentExecutions).toBe(5);
  expect(await read()).toBe(5);
  const fn = await client.send(new GetFunctionCommand({ FunctionName }));
  expect(fn.Concurrency).toEqual({ ReservedConcurrentExecutions: 5 });
  await reserve(client, 7);
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(993);
  const answer = await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect(answer.$metadata.httpStatusCode).toBe(204);
  expect(await read()).toBeUndefined();
});

// A usual account must keep 100 unreserved, a new one with a limit of 10 all of them (public logs).
test.each([
  [1000, 900, 901, 100],
  [10, 0, 1, 10],
])('an account of %i may reserve %i', async (accountConcurrency, most, more, kept) => {
  const { client } = await fixture({ accountConcurrency });
  expect((await reserve(client, most)).ReservedConcurrentExecutions).toBe(most);
  expect(await errorOf(reserve(client, more))).toMatchObject({
    name: 'InvalidParameterValueException',
    message: `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${kept}].`,
  });
});

// Text recorded from AWS.
test('versions have no reservation', async () => {
  const { client } = await fixture();
  await client.send(new PublishVersionCommand({ FunctionName }));
  const call = new PutFunctionConcurrencyCommand({
    FunctionName: 'orders:1',
    ReservedConcurrentExecutions: 1,
  });
  expect(await errorOf(client.send(call))).toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
  });
});
