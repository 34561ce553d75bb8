import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAccountSettingsCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';
import type { EchoHost } from './echo-host.ts';

const FunctionName = 'orders';

function put(client: LambdaClient, Qualifier: string, ProvisionedConcurrentExecutions: number) {
  return client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier,
      ProvisionedConcurrentExecutions,
    }),
  );
}

function reserve(client: LambdaClient, ReservedConcurrentExecutions: number) {
  return client.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  );
}

/** With one version and the alias `live` on it. */
async function startPublished(options: Parameters<typeof fixture>[0] = {}) {
  const parts = await fixture(options);
  await parts.client.send(new PublishVersionCommand({ FunctionName }));
  const alias = new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' });
  await parts.client.send(alias);
  return parts;
}

/** Starts invocations that stay under way until the returned function is called. */
async function hold(client: LambdaClient, host: EchoHost, qualifiers: readonly string[]) {
  let open = (): void => undefined;
  host.gate = new Promise((resolve) => (open = resolve));
  const already = host.invocations.length;
  const answers = qualifiers.map((Qualifier) =>
    client.send(new InvokeCommand({ FunctionName, Qualifier })),
  );
  while (host.invocations.length < already + qualifiers.length) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return async () => {
    open();
    await Promise.all(answers);
  };
}

test('provisioned concurrency is set, becomes ready, is listed and taken away', async () => {
  const { client } = await startPublished();
  const { client: slow, clock: slowClock } = await startPublished({ publishDelayMs: 1000 });
  slowClock.nowMs += 1000;
  const answer = await put(slow, 'live', 3);
  expect(answer.$metadata.httpStatusCode).toBe(202);
  expect(answer).toMatchObject({
    Status: 'IN_PROGRESS',
    RequestedProvisionedConcurrentExecutions: 3,
    AllocatedProvisionedConcurrentExecutions: 0,
  });
  const get = new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' });
  expect((await slow.send(get)).Status).toBe('IN_PROGRESS');
  slowClock.nowMs += 1000;
  expect(await slow.send(get)).toMatchObject({
    Status: 'READY',
    AllocatedProvisionedConcurrentExecutions: 3,
    AvailableProvisionedConcurrentExecutions: 3,
  });

  await put(client, 'live', 3);

  const list = new ListProvisionedConcurrencyConfigsCommand({ FunctionName });
  const { ProvisionedConcurrencyConfigs } = await client.send(list);
  expect(ProvisionedConcurrencyConfigs).toMatchObject([
    { FunctionArn: `${FUNCTION_ARN}:live`, RequestedProvisionedConcurrentExecutions: 3 },
  ]);
  const remove = new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' });
  expect((await client.send(remove)).$metadata.httpStatusCode).toBe(204);
  expect((await errorOf(client.send(get))).name).toBe(
    'ProvisionedConcurrencyConfigNotFoundException',
  );
});

// Texts recorded from AWS.
test.each([
  ['$LATEST', 400, /^Provisioned Concurrency Configs cannot be applied to unpublished function/],
  ['7', 404, /^Function not found: .*:7$/],
  ['other', 404, /^Cannot find alias arn: .*:other$/],
])('provisioned concurrency is refused on %s', async (qualifier, status, text) => {
  const { client } = await startPublished();
  const error = await errorOf(put(client, qualifier, 1));
  expect(error.$metadata.httpStatusCode).toBe(status);
  expect(error.message).toMatch(text);
});

test('provisioned concurrency is refused on a version and its alias both', async () => {
  const { client } = await startPublished();
  await put(client, 'live', 1);
  expect((await errorOf(put(client, '1', 1))).message).toBe(
    'Version is pointed by a Provisioned Concurrency alias',
  );
});

test('provisioned concurrency is taken out of the reservation', async () => {
  const { client, host } = await startPublished();
  await reserve(client, 3);
  expect((await errorOf(put(client, 'live', 4))).message).toBe(
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
  await put(client, 'live', 2);
  expect((await errorOf(reserve(client, 1))).name).toBe('InvalidParameterValueException');

  // Of 3 reserved, 2 are kept for the alias: one is left for everything else.
  const finish = await hold(client, host, ['live', 'live', '$LATEST']);
  for (const Qualifier of ['live', '1', '$LATEST']) {
    expect(
      await errorOf(client.send(new InvokeCommand({ FunctionName, Qualifier }))),
    ).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
  }
  await finish();
  const finishAgain = await hold(client, host, ['1']);
  expect((await errorOf(client.send(new InvokeCommand({ FunctionName })))).name).toBe(
    'TooManyRequestsException',
  );
  // The alias spills over into what is left, once its own places are taken; its own are still there.
  const finishOwn = await hold(client, host, ['live', 'live']);
  await finishOwn();
  await finishAgain();
});

test('provisioned concurrency without a reservation is taken out of what all functions share', async () => {
  const { client } = await startPublished({ accountConcurrency: 110 });
  expect((await errorOf(put(client, 'live', 11))).message).toMatch(
    /below its minimum value of \[100\]/,
  );
  await put(client, 'live', 10);
  // What no function has reserved is not changed by it.
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(110);
});

test('provisioned concurrency goes with its version', async () => {
  const { client } = await fixture();
  await client.send(new PublishVersionCommand({ FunctionName }));
  await put(client, '1', 1);
  await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }));
  const list = new ListProvisionedConcurrencyConfigsCommand({ FunctionName });
  expect((await client.send(list)).ProvisionedConcurrencyConfigs).toEqual([]);
});
