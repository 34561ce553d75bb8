import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type CreateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';

/** A function with the versions 1 (512 MB) and 2 (1024 MB). */
async function twoVersions() {
  const parts = await fixture({ seed: 7 });
  const { client } = parts;
  await client.send(new PublishVersionCommand({ FunctionName }));
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 1024 }));
  await client.send(new PublishVersionCommand({ FunctionName }));
  const create = (input: Partial<CreateAliasCommandInput>) =>
    client.send(
      new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', ...input }),
    );
  return { ...parts, create };
}

test('an alias is created, read, moved and deleted', async () => {
  const { client, create } = await twoVersions();
  const created = await create({ Description: 'for customers' });
  expect(created.$metadata.httpStatusCode).toBe(201);
  const expected = {
    AliasArn: `${FUNCTION_ARN}:live`,
    Name: 'live',
    FunctionVersion: '1',
    Description: 'for customers',
    RevisionId: created.RevisionId,
  };
  const get = new GetAliasCommand({ FunctionName, Name: 'live' });
  const { $metadata, ...read } = await client.send(get);
  expect($metadata.httpStatusCode).toBe(200);
  expect(read).toEqual(expected);

  const moved = await client.send(
    new UpdateAliasCommand({
      FunctionName,
      Name: 'live',
      FunctionVersion: '2',
      RevisionId: created.RevisionId ?? '',
    }),
  );
  expect(moved).toMatchObject({ ...expected, FunctionVersion: '2', RevisionId: moved.RevisionId });
  expect(moved.RevisionId).not.toBe(created.RevisionId);

  const remove = new DeleteAliasCommand({ FunctionName, Name: 'live' });
  expect((await client.send(remove)).$metadata.httpStatusCode).toBe(204);
  expect(await errorOf(client.send(get))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Cannot find alias arn: ${FUNCTION_ARN}:live`,
  });
  // Again is no error.
  await client.send(remove);
});

test('reading and invoking by an alias reach the version behind it', async () => {
  const { client, create } = await twoVersions();
  await create({});
  const read = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' });
  expect(await client.send(read)).toMatchObject({
    FunctionArn: `${FUNCTION_ARN}:live`,
    Version: '1',
    MemorySize: 512,
  });
  const answer = await client.send(new InvokeCommand({ FunctionName: `${FUNCTION_ARN}:live` }));
  expect(answer.ExecutedVersion).toBe('1');
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
    memoryMb: 512,
    invokedFunctionArn: `${FUNCTION_ARN}:live`,
  });
});

test('an alias of $LATEST follows it', async () => {
  const { client, create } = await twoVersions();
  await create({ FunctionVersion: '$LATEST' });
  const answer = await client.send(new InvokeCommand({ FunctionName, Qualifier: 'live' }));
  expect(answer.ExecutedVersion).toBe('$LATEST');
});

test('two versions share the traffic by weight', async () => {
  const { client, create } = await twoVersions();
  const created = await create({ RoutingConfig: { AdditionalVersionWeights: { '2': 0.25 } } });
  expect(created.RoutingConfig).toEqual({ AdditionalVersionWeights: { '2': 0.25 } });
  const executed: (string | undefined)[] = [];
  for (let count = 0; count < 200; count += 1) {
    const answer = await client.send(new InvokeCommand({ FunctionName, Qualifier: 'live' }));
    executed.push(answer.ExecutedVersion);
  }
  // 50 expected, standard deviation √(200·¼·¾) ≈ 6.1: the seed is fixed, so this cannot flicker.
  const second = executed.filter((version) => version === '2').length;
  expect(Math.abs(second - 50)).toBeLessThan(25);
  expect(executed.filter((version) => version === '1').length).toBe(200 - second);

  // An empty routing takes the second version away.
  const updated = await client.send(
    new UpdateAliasCommand({ FunctionName, Name: 'live', RoutingConfig: {} }),
  );
  expect(updated.RoutingConfig).toBeUndefined();
});

test('aliases are listed, all or those of one version', async () => {
  const { client, create } = await twoVersions();
  await create({ Name: 'live' });
  await create({ Name: 'beta', FunctionVersion: '2' });
  const names = async (input: object) =>
    (await client.send(new ListAliasesCommand({ FunctionName, ...input }))).Aliases?.map(
      (each) => each.Name,
    );
  expect(await names({})).toEqual(['beta', 'live']);
  expect(await names({ FunctionVersion: '2' })).toEqual(['beta']);
});

test('a version that an alias sends traffic to stays (409)', async () => {
  const { client, create } = await twoVersions();
  await create({ RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } });
  for (const Qualifier of ['1', '2']) {
    const call = new DeleteFunctionCommand({ FunctionName, Qualifier });
    expect(await errorOf(client.send(call))).toMatchObject({
      name: 'ResourceConflictException',
      message: 'Unable to delete version because the following aliases reference it: [live]',
    });
  }
});

// Names and texts recorded from AWS (LocalStack's snapshots of 2024-04).
test.each<[Partial<CreateAliasCommandInput>, string, string]>([
  [{ Name: 'taken' }, 'ResourceConflictException', `Alias already exists: ${FUNCTION_ARN}:taken`],
  [
    { FunctionVersion: '10' },
    'ResourceNotFoundException',
    `Function not found: ${FUNCTION_ARN}:10`,
  ],
  [
    { RoutingConfig: { AdditionalVersionWeights: { '10': 0.5 } } },
    'ResourceNotFoundException',
    `Function not found: ${FUNCTION_ARN}:10`,
  ],
  [
    { RoutingConfig: { AdditionalVersionWeights: { '1': 0.5, '2': 0.5 } } },
    'InvalidParameterValueException',
    'Number of items in AdditionalVersionWeights cannot be greater than 1',
  ],
  [
    { RoutingConfig: { AdditionalVersionWeights: { '2': 2 } } },
    'ValidationException',
    "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
  ],
  [
    { RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } },
    'ValidationException',
    "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]",
  ],
  [
    { RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } } },
    'InvalidParameterValueException',
    'Invalid function version 1. Function version 1 is already included in routing configuration.',
  ],
  [
    { FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } } },
    'InvalidParameterValueException',
    '$LATEST is not supported for an alias pointing to more than 1 version',
  ],
])('CreateAlias refuses %j', async (input, name, message) => {
  const { client, create } = await twoVersions();
  await create({ Name: 'taken' });
  expect(await errorOf(create(input))).toMatchObject({ name, message });
  const { Aliases } = await client.send(new ListAliasesCommand({ FunctionName }));
  expect(Aliases?.map((each) => each.Name)).toEqual(['taken']);
});

test('a number is no name for an alias', async () => {
  const { create } = await twoVersions();
  expect((await errorOf(create({ Name: '3' }))).name).toBe('ValidationException');
});

test('moving an alias needs its latest revision where one is given (412), and an alias (404)', async () => {
  const { client, create } = await twoVersions();
  await create({});
  const move = (Name: string, RevisionId: string) =>
    client.send(new UpdateAliasCommand({ FunctionName, Name, RevisionId, FunctionVersion: '2' }));
  expect((await errorOf(move('live', 'stale'))).name).toBe('PreconditionFailedException');
  expect(await errorOf(move('beta', 'stale'))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Alias not found: ${FUNCTION_ARN}:beta`,
  });
  const alias = await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  expect(alias.FunctionVersion).toBe('1');
});
