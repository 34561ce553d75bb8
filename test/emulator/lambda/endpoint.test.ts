import { request } from 'node:http';
import { connect } from 'node:net';
import {
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { Fault, InterceptedRequest } from '../../../src/emulator/lambda/fault.ts';
import { echoHost } from './echo-host.ts';
import { errorOf, fixture, FUNCTION_ARN, lambdaClient, ORDERS } from './lambda-fixture.ts';
import { startLambdaEndpoint } from '../../../src/emulator/lambda/endpoint.ts';

const FunctionName = 'orders';

/** A plain request, for what the SDK would not send. */
function send(
  url: string,
  options: { method: string; path: string; body?: string },
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}${options.path}`, { method: options.method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    call.on('error', reject);
    call.end(options.body);
  });
}

describe('HTTP', () => {
  test('unsigned requests are answered, and every answer has a request id', async () => {
    const { endpoint } = await fixture();
    const path = `/2015-03-31/functions/${encodeURIComponent(FUNCTION_ARN)}/configuration`;
    const answer = await send(endpoint.url, { method: 'GET', path });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.body)).toMatchObject({ FunctionArn: FUNCTION_ARN });
  });

  test('an error is named in x-amzn-errortype and told in the body', async () => {
    const { endpoint } = await fixture();
    const path = '/2015-03-31/functions/unknown/';
    const answer = await send(endpoint.url, { method: 'GET', path });
    expect(answer.status).toBe(404);
    expect(answer.headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(JSON.parse(answer.body)).toEqual({
      Type: 'User',
      Message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:unknown',
    });
  });

  test.each([
    ['{"MemorySize": "1024"}', 'SerializationException', 'MemorySize'],
    ['{"MemorySize": 1024.5}', 'SerializationException', 'MemorySize'],
    ['[1024]', 'SerializationException', 'body'],
    ['{"MemorySize": 1024', 'InvalidRequestContentException', 'json'],
  ])('a body that cannot be read is refused: %s', async (body, code, word) => {
    const { endpoint } = await fixture();
    const path = `/2015-03-31/functions/${FunctionName}/configuration`;
    const answer = await send(endpoint.url, { method: 'PUT', path, body });
    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-errortype']).toBe(code);
    expect(answer.body).toContain(word);
  });

  test('an operation that the endpoint lacks is refused with those that it has', async () => {
    const { client } = await fixture();
    const call = new TagResourceCommand({ Resource: FUNCTION_ARN, Tags: { a: '1' } });
    const error = await errorOf(client.send(call));
    expect(error.name).toBe('UnknownOperationException');
    expect(error.message).toMatch(/does not have POST .*; it has Invoke, /);
  });

  test('a path that is not URL-encoded text is refused', async () => {
    const { endpoint } = await fixture();
    const answer = await send(endpoint.url, {
      method: 'GET',
      path: '/2015-03-31/functions/%E0%A4',
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-errortype']).toBe('ValidationException');
  });

  test('one connection serves many requests', async () => {
    const { client, host } = await fixture();
    for (let count = 0; count < 3; count += 1) {
      await client.send(new InvokeCommand({ FunctionName }));
    }
    expect(host.invocations).toHaveLength(3);
  });
});

test('an embedded function has no triggers, no policy and nothing provisioned', async () => {
  const { client } = await fixture();
  expect((await errorOf(client.send(new GetPolicyCommand({ FunctionName })))).name).toBe(
    'ResourceNotFoundException',
  );
  expect((await errorOf(client.send(new GetFunctionUrlConfigCommand({ FunctionName })))).name).toBe(
    'ResourceNotFoundException',
  );
  const mappings = await client.send(new ListEventSourceMappingsCommand({ FunctionName }));
  expect(mappings.EventSourceMappings).toEqual([]);
  const provisioned = new ListProvisionedConcurrencyConfigsCommand({ FunctionName });
  expect((await client.send(provisioned)).ProvisionedConcurrencyConfigs).toEqual([]);
});

describe('a seed', () => {
  test('gives the same ids in the same order, and without a seed ids are new', async () => {
    const ids = async (options: { readonly seed?: number }) => {
      const { client } = await fixture(options);
      const read = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const invoked = await client.send(new InvokeCommand({ FunctionName }));
      return [read.RevisionId, read.$metadata.requestId, invoked.$metadata.requestId];
    };
    expect(await ids({ seed: 3 })).toEqual(await ids({ seed: 3 }));
    expect(await ids({ seed: 3 })).not.toEqual(await ids({ seed: 4 }));
    expect(await ids({})).not.toEqual(await ids({}));
  });
});

describe('faults', () => {
  async function withFault(fault: Fault, operation: string) {
    const seen: InterceptedRequest[] = [];
    const parts = await fixture({
      intercept: (intercepted) => {
        seen.push(intercepted);
        return intercepted.operation === operation ? fault : undefined;
      },
    });
    return { ...parts, seen };
  }

  test('an answer in place of the real one, with nothing done', async () => {
    const { client, host, seen } = await withFault(
      { kind: 'answer', status: 500, code: 'ServiceException', message: 'bad day' },
      'Invoke',
    );
    const call = new InvokeCommand({ FunctionName, Qualifier: '$LATEST', Payload: '{"id":1}' });
    const error = await errorOf(client.send(call));
    expect(error).toMatchObject({ name: 'ServiceException', message: 'bad day' });
    expect(error.$metadata.httpStatusCode).toBe(500);
    expect(host.invocations).toHaveLength(0);
    expect(seen).toEqual([
      {
        service: 'lambda',
        operation: 'Invoke',
        action: 'lambda:InvokeFunction',
        resource: `${FUNCTION_ARN}:$LATEST`,
        call: 1,
        callOfOperation: 1,
        attempt: 1,
        functionName: 'orders',
        qualifier: '$LATEST',
        body: Buffer.from('{"id":1}'),
      },
    ]);
  });

  test('a connection that breaks before anything was done', async () => {
    const { client, host } = await withFault({ kind: 'drop', when: 'before' }, 'Invoke');
    const error = await errorOf(client.send(new InvokeCommand({ FunctionName })));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(host.invocations).toHaveLength(0);
  });

  test('a connection that breaks after it was done', async () => {
    const { client } = await withFault({ kind: 'drop', when: 'after' }, 'PublishVersion');
    const error = await errorOf(client.send(new PublishVersionCommand({ FunctionName })));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    const read = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' });
    expect((await client.send(read)).Version).toBe('1');
  });

  test('the SDK, left to itself, runs a target twice when a connection breaks', async () => {
    let dropped = 0;
    const { host, endpoint } = await fixture({
      intercept: () => (dropped++ === 0 ? { kind: 'drop', when: 'after' } : undefined),
    });
    const retrying = lambdaClient(endpoint.url, { maxAttempts: 3 });
    await retrying.send(new InvokeCommand({ FunctionName }));
    retrying.destroy();
    expect(host.invocations).toHaveLength(2);
  });
});

describe('close', () => {
  test('ends hosts, connections under way and the port; twice is no error', async () => {
    const { endpoint, client, host } = await fixture();
    host.gate = new Promise(() => undefined);
    const call = errorOf(client.send(new InvokeCommand({ FunctionName })));
    while (host.invocations.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await endpoint.close();
    expect(await call).toMatchObject({ code: 'ECONNRESET' });
    expect(host.closed).toBe(true);
    const port = Number(new URL(endpoint.url).port);
    const refused = new Promise((resolve) => {
      connect(port, '127.0.0.1').on('error', resolve);
    });
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    await endpoint.close();
  });

  test('a host that two functions share is closed once, also when both are deleted', async () => {
    const host = echoHost();
    let closes = 0;
    const counting = { ...host, close: () => Promise.resolve(void (closes += 1)) };
    const endpoint = await startLambdaEndpoint({
      functions: [
        { ...ORDERS, host: counting },
        { ...ORDERS, name: 'invoices', host: counting },
      ],
    });
    await send(endpoint.url, { method: 'DELETE', path: '/2015-03-31/functions/orders' });
    await endpoint.close();
    expect(closes).toBe(1);
  });

  test('tells what did not end, after the rest has', async () => {
    const stuck = {
      ...echoHost(),
      close: () => Promise.reject(new Error('process 42 is still there')),
    };
    const fine = echoHost();
    const endpoint = await startLambdaEndpoint({
      functions: [
        { ...ORDERS, host: stuck },
        { ...ORDERS, name: 'invoices', host: fine },
      ],
    });
    await expect(endpoint.close()).rejects.toMatchObject({
      errors: [{ message: 'process 42 is still there' }],
    });
    expect(fine.closed).toBe(true);
  });
});
