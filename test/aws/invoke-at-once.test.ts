import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';

const AT_ONCE = 400;

test('as many invocations are under way at once as are asked for', async () => {
  const waiting: ServerResponse[] = [];
  // Nobody is answered before everybody is there.
  const server = createServer((request, response) => {
    request.resume();
    waiting.push(response);
    if (waiting.length < AT_ONCE) return;
    for (const each of waiting.splice(0)) each.end('null');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  const deps = lambdaDeps({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  onTestFinished(() => {
    deps.close();
    server.closeAllConnections();
    server.close();
  });
  const request = { functionName: 'orders', payload: '{}', waitMs: 60_000 };
  const replies = await Promise.all(Array.from({ length: AT_ONCE }, () => deps.invoke(request)));
  expect(replies.every(({ kind }) => kind === 'answered')).toBe(true);
});
