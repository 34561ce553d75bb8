import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { controlClient, invokeClient } from '../../src/aws/lambda-client.ts';

const ROOT = 'Root=1-5759e988-bd862e3fe1be46a994272793';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The headers that a client sends from inside a Lambda function which Step Functions called. */
async function sendFromLambda(
  from: typeof invokeClient,
  call: (client: ReturnType<typeof invokeClient>) => Promise<unknown>,
): Promise<IncomingHttpHeaders> {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'powerdial-Measure');
  vi.stubEnv('_X_AMZN_TRACE_ID', `${ROOT};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:0`);
  let headers: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    request.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = from({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  try {
    await call(client);
  } finally {
    client.destroy();
    server.close();
  }
  return headers;
}

test('a target learns where the call comes from, and decides itself whether to trace it', async () => {
  const headers = await sendFromLambda(invokeClient, (client) =>
    client.send(new InvokeCommand({ FunctionName: 'orders', Qualifier: '1' })),
  );
  expect(headers['x-amzn-trace-id']).toBe(`${ROOT};Lineage=1:a87bd80c:0`);
  expect(headers).not.toHaveProperty('traceparent');
});

test('calls that invoke no target keep the whole trace header, as the SDK sends it', async () => {
  const headers = await sendFromLambda(controlClient, (client) =>
    client.send(new GetFunctionConfigurationCommand({ FunctionName: 'orders' })),
  );
  expect(headers['x-amzn-trace-id']).toContain('Sampled=1');
});
