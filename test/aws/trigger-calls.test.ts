import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  PublishVersionCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import {
  denied,
  type EventSourceMapping,
  type LambdaEndpointOptions,
} from '../../src/emulator/index.ts';
import { embeddedDeps } from './embedded-deps.ts';

const FunctionName = 'orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const PLAIN = { visibilityTimeoutSeconds: null, batchingWindowSeconds: null };

async function target(
  eventSourceMappings: readonly EventSourceMapping[] = [],
  options: LambdaEndpointOptions = {},
) {
  const parts = await embeddedDeps(options, { eventSourceMappings });
  await parts.client.send(new PublishVersionCommand({ FunctionName }));
  const alias = new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' });
  await parts.client.send(alias);
  return parts;
}

function allow(client: LambdaClient, Principal: string, SourceArn?: string, Qualifier?: string) {
  return client.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: Principal.replaceAll(/[^a-z0-9]/g, '-'),
      Action: 'lambda:InvokeFunction',
      Principal,
      SourceArn,
      Qualifier,
    }),
  );
}

/** An intercept that denies one operation. */
function denying(operation: string): LambdaEndpointOptions {
  return {
    intercept: (request) =>
      request.operation === operation ? { kind: 'answer', ...denied(request) } : undefined,
  };
}

test('a function that nothing invokes has no triggers, and nothing was unread', async () => {
  const { deps } = await target();
  expect(await deps.readTriggers(FunctionName, ['live'])).toEqual({
    triggers: [],
    unread: [],
    latestUnread: false,
  });
});

test('a queue comes with what waits for it', async () => {
  const mapping = { eventSourceArn: QUEUE, batchingWindowSeconds: 20, maximumConcurrency: 4 };
  const redrive = { deadLetterArn: `${QUEUE}-dead`, maxReceiveCount: 3 };
  const { deps } = await target([{ ...mapping, reportBatchItemFailures: true }], {
    queues: [{ arn: QUEUE, visibilityTimeoutSeconds: 180, redrive }],
  });
  expect(await deps.readTriggers(FunctionName, [])).toEqual({
    triggers: [
      {
        source: 'sqs',
        arn: QUEUE,
        unqualified: true,
        visibilityTimeoutSeconds: 180,
        batchingWindowSeconds: 20,
        mapping: {
          batchSize: 10,
          parallelization: null,
          maxConcurrency: 4,
          retries: null,
          maxRecordAgeSeconds: null,
          bisects: false,
          reportsItemFailures: true,
          failureDestination: null,
        },
        redrive,
      },
    ],
    unread: [],
    latestUnread: false,
  });
});

test.each([
  ['for every service', ['AWS_ENDPOINT_URL']],
  ['for SQS and Lambda', ['AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_LAMBDA']],
])('a queue is read at the endpoint that the environment names %s', async (_, variables) => {
  const { url } = await target([{ eventSourceArn: QUEUE }], {
    queues: [{ arn: QUEUE, visibilityTimeoutSeconds: 180 }],
  });
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of variables) vi.stubEnv(name, url);
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const deps = lambdaDeps({ region: 'eu-west-1', credentials });
  onTestFinished(() => deps.close());
  const { triggers, unread } = await deps.readTriggers(FunctionName, []);
  expect(triggers).toMatchObject([{ arn: QUEUE, visibilityTimeoutSeconds: 180 }]);
  expect(unread).toEqual([]);
});

test('readTriggers tells that a queue has no dead-letter queue', async () => {
  const { deps } = await target([{ eventSourceArn: QUEUE }], {
    queues: [{ arn: QUEUE, visibilityTimeoutSeconds: 180 }],
  });
  const { triggers } = await deps.readTriggers(FunctionName, []);
  expect(triggers).toMatchObject([{ redrive: { deadLetterArn: null, maxReceiveCount: null } }]);
});

test('a stream comes with what its mapping does with failed batches', async () => {
  const { deps } = await target([
    {
      eventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
      batchSize: 100,
      parallelizationFactor: 2,
      maximumRetryAttempts: 3,
      maximumRecordAgeInSeconds: 3600,
      bisectBatchOnFunctionError: true,
      onFailure: QUEUE,
    },
  ]);
  const { triggers } = await deps.readTriggers(FunctionName, []);
  expect(triggers).toMatchObject([
    {
      mapping: {
        batchSize: 100,
        parallelization: 2,
        maxConcurrency: null,
        retries: 3,
        maxRecordAgeSeconds: 3600,
        bisects: true,
        reportsItemFailures: false,
        failureDestination: QUEUE,
      },
    },
  ]);
  expect(triggers[0]).not.toHaveProperty('redrive');
});

test('a queue that is gone is told as unread, and the rest is not lost', async () => {
  const { deps } = await target([
    { eventSourceArn: QUEUE },
    { eventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks' },
  ]);
  const { triggers, unread } = await deps.readTriggers(FunctionName, []);
  expect(triggers.map(({ source }) => source)).toEqual(['sqs', 'kinesis']);
  expect(unread).toEqual([
    'the visibility timeout of orders (sqs:GetQueueAttributes: QueueDoesNotExist)',
  ]);
});

test.each<[EventSourceMapping, string]>([
  [{ eventSourceArn: 'arn:aws:dynamodb:eu-west-1:1:table/t/stream/x' }, 'dynamodb'],
  [{ eventSourceArn: 'arn:aws:kafka:eu-west-1:1:cluster/c/x' }, 'kafka'],
  [{ eventSourceArn: 'arn:aws:mq:eu-west-1:1:broker:b:x' }, 'mq'],
  [{ eventSourceArn: 'arn:aws:rds:eu-west-1:1:cluster:docs' }, 'documentdb'],
  [{ bootstrapServers: ['kafka.example:9092'] }, 'kafka'],
])('the source of %j is %s', async (mapping, source) => {
  const { deps } = await target([mapping]);
  const { triggers } = await deps.readTriggers(FunctionName, []);
  expect(triggers).toMatchObject([{ source, unqualified: true }]);
});

// AWS lists mappings under exactly the name that they are mapped to.
test('the mappings of an alias are read too, and are not unqualified', async () => {
  const { deps } = await target([
    { eventSourceArn: `${QUEUE}-live`, qualifier: 'live' },
    { eventSourceArn: `${QUEUE}-off`, state: 'Disabled' },
  ]);
  const { triggers } = await deps.readTriggers(FunctionName, ['live']);
  expect(triggers).toMatchObject([{ arn: `${QUEUE}-live`, unqualified: false }]);
});

test('the policies of the function and of each alias are read', async () => {
  const { deps, client } = await target();
  await allow(client, 's3.amazonaws.com', 'arn:aws:s3:::uploads');
  await allow(client, '123456789012');
  await allow(client, 'cognito-idp.amazonaws.com.cn', undefined, 'live');
  expect(await deps.readTriggers(FunctionName, ['live'])).toEqual({
    triggers: [
      { source: 's3', arn: 'arn:aws:s3:::uploads', unqualified: true, ...PLAIN },
      { source: 'other', arn: null, unqualified: true, ...PLAIN },
      { source: 'cognito', arn: null, unqualified: false, ...PLAIN },
    ],
    unread: [],
    latestUnread: false,
  });
});

async function withUrl(options?: LambdaEndpointOptions) {
  const parts = await target([], options);
  await parts.client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
  await parts.client.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  return parts;
}

test('a function URL is one trigger, though its policy names it again', async () => {
  const { deps } = await withUrl();
  expect((await deps.readTriggers(FunctionName, ['live'])).triggers).toEqual([
    {
      source: 'function-url',
      arn: expect.stringMatching(/^https:/) as string,
      unqualified: true,
      ...PLAIN,
    },
  ]);
});

test('a function URL that cannot be read is known by its policy', async () => {
  const { deps } = await withUrl(denying('ListFunctionUrlConfigs'));
  const { triggers, unread } = await deps.readTriggers(FunctionName, []);
  expect(triggers).toMatchObject([{ source: 'function-url', arn: null }]);
  expect(unread).toEqual(['function URLs (lambda:ListFunctionUrlConfigs: AccessDeniedException)']);
});

test('a trigger call that is denied leaves its facts unread, and the others are read', async () => {
  const { deps, client } = await target(
    [{ eventSourceArn: QUEUE }],
    denying('ListEventSourceMappings'),
  );
  await allow(client, 'sns.amazonaws.com');
  const { triggers, unread } = await deps.readTriggers(FunctionName, ['live']);
  expect(triggers).toMatchObject([{ source: 'sns' }]);
  expect(unread).toEqual([
    'event source mappings of the function (lambda:ListEventSourceMappings: AccessDeniedException)',
    'event source mappings of alias live (lambda:ListEventSourceMappings: AccessDeniedException)',
  ]);
});
