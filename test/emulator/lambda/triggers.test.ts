import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  paginateListEventSourceMappings,
  PublishVersionCommand,
  RemovePermissionCommand,
  type AddPermissionCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { FunctionDefinition } from '../../../src/emulator/lambda/function-definition.ts';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';

async function withAlias(definition: Partial<FunctionDefinition> = {}) {
  const parts = await fixture({}, definition);
  await parts.client.send(new PublishVersionCommand({ FunctionName }));
  const alias = new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' });
  await parts.client.send(alias);
  return parts;
}

describe('event source mappings', () => {
  const mappings = [
    { eventSourceArn: QUEUE, batchSize: 5, batchingWindowSeconds: 20 },
    { eventSourceArn: `${QUEUE}-late`, qualifier: 'live', state: 'Disabled' as const },
    { bootstrapServers: ['kafka.example:9092'] },
  ];

  test('are listed with the members that AWS gives them', async () => {
    const { client } = await withAlias({ eventSourceMappings: mappings });
    const { EventSourceMappings } = await client.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings).toHaveLength(3);
    expect(EventSourceMappings?.[0]).toMatchObject({
      UUID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      EventSourceArn: QUEUE,
      FunctionArn: FUNCTION_ARN,
      State: 'Enabled',
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 20,
      LastModified: new Date('2026-11-21'),
    });
    expect(EventSourceMappings?.[2]?.SelfManagedEventSource?.Endpoints).toEqual({
      KAFKA_BOOTSTRAP_SERVERS: ['kafka.example:9092'],
    });
    expect(new Set(EventSourceMappings?.map(({ UUID }) => UUID)).size).toBe(3);
  });

  test.each([
    [FunctionName, [QUEUE, undefined]],
    [FUNCTION_ARN, [QUEUE, undefined]],
    [`${FunctionName}:live`, [`${QUEUE}-late`]],
    [`${FUNCTION_ARN}:live`, [`${QUEUE}-late`]],
    ['invoices', []],
  ])('of %s are its own and no alias has those of its function', async (name, sources) => {
    const { client } = await withAlias({ eventSourceMappings: mappings });
    const list = new ListEventSourceMappingsCommand({ FunctionName: name });
    const { EventSourceMappings } = await client.send(list);
    expect(EventSourceMappings?.map((each) => each.EventSourceArn)).toEqual(sources);
  });

  test('come in pages', async () => {
    const { client } = await fixture(
      {},
      {
        eventSourceMappings: Array.from({ length: 60 }, (_, n) => ({
          eventSourceArn: `${QUEUE}-${n}`,
        })),
      },
    );
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateListEventSourceMappings({ client }, { FunctionName })) {
      sizes.push(page.EventSourceMappings?.length);
    }
    expect(sizes).toEqual([50, 10]);
  });
});

describe('policies', () => {
  function allow(client: LambdaClient, input: Partial<AddPermissionCommandInput> = {}) {
    return client.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 's3',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        ...input,
      }),
    );
  }

  async function policy(client: LambdaClient, Qualifier?: string) {
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName, Qualifier }));
    return JSON.parse(Policy ?? '') as { readonly Statement: readonly unknown[] };
  }

  // The shape as in "Using resource-based policies for Lambda", Developer Guide.
  test('have the form of AWS', async () => {
    const { client } = await fixture();
    const { Statement } = await allow(client, {
      SourceArn: 'arn:aws:s3:::uploads',
      SourceAccount: '123456789012',
    });
    const statement = {
      Sid: 's3',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: FUNCTION_ARN,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': '123456789012' },
        ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' },
      },
    };
    expect(JSON.parse(Statement ?? '')).toEqual(statement);
    expect(await policy(client)).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [statement],
    });
  });

  test.each([
    ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }],
    ['arn:aws:iam::123456789012:role/caller', { AWS: 'arn:aws:iam::123456789012:role/caller' }],
    ['*', '*'],
    ['events.amazonaws.com.cn', { Service: 'events.amazonaws.com.cn' }],
  ])('know the principal %s', async (Principal, wanted) => {
    const { client } = await fixture();
    await allow(client, { Principal });
    expect((await policy(client)).Statement).toMatchObject([{ Principal: wanted }]);
  });

  test('a function, a version and an alias have one each', async () => {
    const { client } = await withAlias();
    await allow(client, { StatementId: 'a' });
    await allow(client, { StatementId: 'b', Qualifier: 'live' });
    expect((await policy(client)).Statement).toMatchObject([{ Sid: 'a' }]);
    expect((await policy(client, 'live')).Statement).toMatchObject([
      { Sid: 'b', Resource: `${FUNCTION_ARN}:live` },
    ]);
    expect((await errorOf(policy(client, '1'))).name).toBe('ResourceNotFoundException');
    await client.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    expect((await errorOf(policy(client, 'live'))).name).toBe('ResourceNotFoundException');
  });

  test('a change is a new revision of what it is for', async () => {
    const { client } = await fixture();
    const revision = async () =>
      (await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).RevisionId;
    const before = await revision();
    await allow(client, { RevisionId: before });
    const after = await revision();
    expect(after).not.toBe(before);
    const { RevisionId } = await client.send(new GetPolicyCommand({ FunctionName }));
    expect(RevisionId).toBe(after);
    const error = await errorOf(allow(client, { StatementId: 'b', RevisionId: before }));
    expect(error.$metadata.httpStatusCode).toBe(412);
  });

  test('statements are added once, and removed', async () => {
    const { client } = await fixture();
    await allow(client);
    expect(await errorOf(allow(client))).toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
    });
    const remove = new RemovePermissionCommand({ FunctionName, StatementId: 's3' });
    await client.send(remove);
    expect((await errorOf(policy(client))).message).toBe(
      'The resource you requested does not exist.',
    );
    expect((await errorOf(client.send(remove))).message).toBe(
      'No policy is associated with the given resource.',
    );
  });
});

describe('function URLs', () => {
  test('are configured for a function and for an alias, and taken away', async () => {
    const { client } = await withAlias();
    const create = new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' });
    const created = await client.send(create);
    expect(created.FunctionUrl).toMatch(/^https:\/\/[0-9a-f]+\.lambda-url\.eu-west-1\.on\.aws\/$/);
    expect((await errorOf(client.send(create))).name).toBe('ResourceConflictException');
    const get = (Qualifier?: string) =>
      client.send(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier }));
    expect(await get()).toMatchObject({
      FunctionUrl: created.FunctionUrl,
      FunctionArn: FUNCTION_ARN,
      AuthType: 'NONE',
      InvokeMode: 'BUFFERED',
    });
    expect((await errorOf(get('live'))).name).toBe('ResourceNotFoundException');
    await client.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live', AuthType: 'AWS_IAM' }),
    );
    expect((await get('live')).FunctionArn).toBe(`${FUNCTION_ARN}:live`);
    const list = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName }));
    expect(list.FunctionUrlConfigs).toHaveLength(2);
    await client.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    expect((await errorOf(get())).name).toBe('ResourceNotFoundException');
  });

  test('belong to no version', async () => {
    const { client } = await withAlias();
    const call = new GetFunctionUrlConfigCommand({ FunctionName, Qualifier: '1' });
    expect((await errorOf(client.send(call))).name).toBe('ValidationException');
  });
});
