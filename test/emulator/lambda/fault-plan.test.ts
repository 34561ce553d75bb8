import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import {
  faultPlan,
  faultPointName,
  type FaultPoint,
} from '../../../src/emulator/lambda/fault-plan.ts';
import { FAULT_NAMES, type FaultName } from '../../../src/emulator/lambda/named-fault.ts';
import { serviceClients } from '../services/service-clients.ts';
import { errorOf, fixture, FUNCTION_ARN, lambdaClient } from './lambda-fixture.ts';

const FunctionName = 'orders';
const read = () => new GetFunctionConfigurationCommand({ FunctionName });
const raise = () => new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 1024 });

async function startPlanned(point?: FaultPoint) {
  const plan = faultPlan(point);
  return { plan, ...(await fixture({ intercept: plan.intercept })) };
}

test('a fault plan without a fault counts one number for a call', async () => {
  const { client, plan } = await startPlanned();
  await client.send(read());
  await client.send(raise());
  await client.send(read());
  expect(plan.calls()).toEqual([
    'GetFunctionConfiguration',
    'UpdateFunctionConfiguration',
    'GetFunctionConfiguration',
  ]);
  expect(plan.struck()).toBeNull();
});

describe('where it strikes', () => {
  test('before a call: nothing is done', async () => {
    const { client, plan } = await startPlanned({ call: 2, when: 'before', fault: 'server-error' });
    await client.send(read());
    expect((await errorOf(client.send(raise()))).name).toBe('ServiceException');
    expect((await client.send(read())).MemorySize).toBe(512);
    expect(plan.struck()).toMatchObject({ call: 2, operation: 'UpdateFunctionConfiguration' });
  });

  test('after a call: it is done, and its answer lost', async () => {
    const { client } = await startPlanned({ call: 1, when: 'after', fault: 'dropped-socket' });
    expect(await errorOf(client.send(raise()))).toMatchObject({ code: 'ECONNRESET' });
    expect((await client.send(read())).MemorySize).toBe(1024);
  });

  test('at the second call of one operation', async () => {
    const point = {
      operation: 'PublishVersion',
      call: 2,
      when: 'before',
      fault: 'conflict',
    } as const;
    const { client } = await startPlanned(point);
    await client.send(new PublishVersionCommand({ FunctionName }));
    await client.send(raise());
    const error = await errorOf(client.send(new PublishVersionCommand({ FunctionName })));
    expect(error.name).toBe('ResourceConflictException');
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions).toHaveLength(2);
    expect(faultPointName({ ...point, call: 7 }, 'PublishVersion')).toBe(
      'before call 7 (PublishVersion): conflict',
    );
  });
});

describe('how long it lasts', () => {
  async function retrying(lasting: NonNullable<FaultPoint['lasting']>) {
    const parts = await startPlanned({ call: 2, when: 'before', fault: 'server-error', lasting });
    const client = lambdaClient(parts.endpoint.url, {
      maxAttempts: 3,
    });
    await client.send(read());
    const outcomes: string[] = [];
    for (const call of [read, raise, read]) {
      const outcome = await client.send<never, never>(call() as never).then(
        () => 'answered',
        (error: unknown) => (error as Error).name,
      );
      outcomes.push(outcome);
    }
    client.destroy();
    return { outcomes, calls: parts.plan.calls().length };
  }

  const FAILED = 'ServiceException';
  test.each([
    ['attempt', ['answered', 'answered', 'answered']],
    ['call', [FAILED, 'answered', 'answered']],
    ['operation', [FAILED, 'answered', FAILED]],
    ['everything', [FAILED, FAILED, FAILED]],
  ] as const)('%s', { timeout: 30_000 }, async (lasting, outcomes) => {
    // However many attempts it took, there were four calls.
    expect(await retrying(lasting)).toEqual({ outcomes, calls: 4 });
  });
});

test('a fault may be a function that runs at that moment, after which the request goes on', async () => {
  const seen: (number | undefined)[] = [];
  const { client, endpoint } = await startPlanned({
    call: 1,
    when: 'after',
    fault: async () => {
      const other = lambdaClient(endpoint.url);
      seen.push((await other.send(read())).MemorySize);
      other.destroy();
    },
  });
  expect((await client.send(raise())).MemorySize).toBe(1024);
  expect(seen).toEqual([1024]);
});

test('a request that hangs is never answered', async () => {
  const { client, host } = await startPlanned({ call: 1, when: 'after', fault: 'hang' });
  const controller = new AbortController();
  const ended = errorOf(
    client.send(new InvokeCommand({ FunctionName }), { abortSignal: controller.signal }),
  );
  await expect.poll(() => host.invocations.length).toBe(1);
  // An answer would come now.
  await new Promise((done) => setTimeout(done, 50));
  controller.abort();
  expect((await ended).name).toBe('AbortError');
});

describe('in the words of each service', () => {
  const calls = {
    lambda: (clients: ReturnType<typeof serviceClients>) => clients.lambda.send(read()),
    logs: (clients: ReturnType<typeof serviceClients>) =>
      clients.logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/orders' })),
    sqs: (clients: ReturnType<typeof serviceClients>) =>
      clients.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
        }),
      ),
    s3: (clients: ReturnType<typeof serviceClients>) =>
      clients.s3.send(new GetObjectCommand({ Bucket: 'payloads', Key: 'order.json' })),
  };

  test.each<[keyof typeof calls, FaultName, number, string, RegExp]>([
    [
      'lambda',
      'access-denied',
      403,
      'AccessDeniedException',
      new RegExp(
        `^User: arn:aws:sts::.* is not authorized to perform: lambda:GetFunctionConfiguration on resource: ${FUNCTION_ARN} because no identity-based policy allows the lambda:GetFunctionConfiguration action$`,
      ),
    ],
    ['lambda', 'expired-credentials', 403, 'ExpiredTokenException', /token .* is expired$/],
    ['lambda', 'precondition-failed', 412, 'PreconditionFailedException', /Revision Id/],
    ['lambda', 'conflict', 409, 'ResourceConflictException', /update is in progress/],
    ['lambda', 'throttled', 429, 'TooManyRequestsException', /Rate exceeded/],
    ['lambda', 'server-error', 500, 'ServiceException', /cannot be processed/],
    ['logs', 'access-denied', 400, 'AccessDeniedException', /perform: logs:FilterLogEvents on/],
    ['logs', 'throttled', 400, 'ThrottlingException', /Rate exceeded/],
    ['logs', 'server-error', 503, 'ServiceUnavailableException', /cannot complete/],
    ['sqs', 'access-denied', 403, 'AccessDeniedException', /perform: sqs:GetQueueAttributes on/],
    ['sqs', 'expired-credentials', 400, 'ExpiredTokenException', /is expired/],
    ['s3', 'access-denied', 403, 'AccessDenied', /perform: s3:GetObject on .*payloads\/order.json/],
    ['s3', 'expired-credentials', 400, 'ExpiredToken', /expired/],
    ['s3', 'throttled', 503, 'SlowDown', /reduce your request rate/],
    ['s3', 'server-error', 500, 'InternalError', /internal error/],
  ])('%s: %s is %i %s', async (service, fault, status, name, message) => {
    const { endpoint } = await startPlanned({
      call: 1,
      when: 'before',
      fault,
      lasting: 'everything',
    });
    const clients = serviceClients(endpoint.url);
    const error = await errorOf(calls[service](clients));
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    expect(error.message).toMatch(message);
  });

  test.each(['logs', 'sqs', 's3'] as const)('%s: every request is intercepted', async (service) => {
    const { endpoint, plan } = await startPlanned({
      call: 1,
      when: 'before',
      fault: 'dropped-socket',
    });
    const clients = serviceClients(endpoint.url);
    expect(await errorOf(calls[service](clients))).toMatchObject({ code: 'ECONNRESET' });
    expect(plan.struck()).toMatchObject({ service, call: 1 });
  });
});

test('the names of faults are all different', () => {
  expect(new Set(FAULT_NAMES).size).toBe(FAULT_NAMES.length);
});
