import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{}, null],
  [{ 'retry-after': 'soon' }, null],
] as const)(
  'a throttled invocation with the headers %j says when to come back: %s ms',
  async (headers, retryAfterMs) => {
    // As Lambda answers: TooManyRequestsException, Invoke, Lambda API reference, 2026-11.
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(429, {
        'content-type': 'application/json',
        'x-amzn-errortype': 'TooManyRequestsException',
        ...headers,
      });
      response.end('{"Reason":"ConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const deps = lambdaDeps({
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    onTestFinished(() => {
      deps.close();
      server.close();
    });
    const reply = await deps.invoke({ functionName: 'orders', payload: '{}', waitMs: 60_000 });
    expect(reply).toEqual({
      kind: 'throttled',
      reason: 'ConcurrentInvocationLimitExceeded',
      retryAfterMs,
    });
  },
);
