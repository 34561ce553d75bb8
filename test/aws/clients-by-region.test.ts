import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';

test('a function that is named by its ARN is invoked in its own region, any other in the run’s', async () => {
  const regions: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    // Signature Version 4: Credential=KEY/DATE/REGION/lambda/aws4_request
    regions.push(/\/\d{8}\/([\w-]+)\/lambda\//.exec(request.headers.authorization ?? '')?.[1]);
    request.resume();
    response.end('null');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const deps = lambdaDeps({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const invoke = (functionName: string) =>
    deps.invoke({ functionName, payload: '{}', waitMs: 20_000, wantsAnswer: true });
  await invoke('arn:aws:lambda:us-east-1:123456789012:function:before');
  await invoke('orders');
  await invoke('arn:aws:lambda:us-east-1:123456789012:function:before:live');
  deps.close();
  await new Promise((closed) => server.close(closed));
  expect(regions).toEqual(['us-east-1', 'eu-west-1', 'us-east-1']);
});
