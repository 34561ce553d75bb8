import { LambdaClient } from '@aws-sdk/client-lambda';
import { onTestFinished } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import {
  type FunctionDefinition,
  type LambdaEndpointOptions,
  readRecording,
  recordedHost,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';

export const TARGET_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

/** The stages' own calls on the embedded endpoint, with one recorded function `orders`; gone with the test. */
export async function embeddedDeps(
  options: LambdaEndpointOptions = {},
  definition: Partial<FunctionDefinition> = {},
) {
  const read = readRecording({
    name: 'orders',
    memory: { '512': { warmMs: [10], initMs: [100], maxMemoryUsedMb: 64 } },
  });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const endpoint = await startLambdaEndpoint({
    ...options,
    functions: [
      {
        name: 'orders',
        host: recordedHost(read.recording, { seed: 1 }),
        memoryMb: 512,
        timeoutSeconds: 30,
        architecture: 'x86_64',
        runtime: 'nodejs24.x',
        region: 'eu-west-1',
        ...definition,
      },
    ],
  });
  const connection = {
    endpoint: endpoint.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  };
  const deps = lambdaDeps(connection);
  const client = new LambdaClient(connection);
  onTestFinished(async () => {
    deps.close();
    client.destroy();
    await endpoint.close();
  });
  return { deps, client, url: endpoint.url };
}
