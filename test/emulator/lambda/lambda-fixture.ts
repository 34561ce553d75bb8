import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { afterEach } from 'vitest';
import {
  startLambdaEndpoint,
  type LambdaEndpoint,
  type LambdaEndpointOptions,
} from '../../../src/emulator/lambda/endpoint.ts';
import type { FunctionDefinition } from '../../../src/emulator/lambda/function-definition.ts';
import { echoHost, type EchoHost } from './echo-host.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

/** A clock that stands still until it is moved. */
export interface Clock {
  nowMs: number;
}

export interface Fixture {
  readonly endpoint: LambdaEndpoint;
  readonly client: LambdaClient;
  readonly host: EchoHost;
  readonly clock: Clock;
}

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The real endpoint with one function, `orders`, and the real SDK pointed at it; ended after the test. */
export async function fixture(
  options: LambdaEndpointOptions = {},
  definition: Partial<FunctionDefinition> = {},
): Promise<Fixture> {
  const host = echoHost();
  const clock = { nowMs: Date.UTC(2026, 10, 21) };
  const endpoint = await startLambdaEndpoint({
    now: () => clock.nowMs,
    functions: [{ ...ORDERS, host, ...definition }],
    ...options,
  });
  const client = lambdaClient(endpoint.url);
  ends.push(async () => {
    client.destroy();
    await endpoint.close();
  });
  return { endpoint, client, host, clock };
}

export const ORDERS = {
  name: 'orders',
  region: 'eu-west-1',
  memoryMb: 512,
  timeoutSeconds: 30,
  architecture: 'arm64',
  runtime: 'nodejs24.x',
} as const satisfies Omit<FunctionDefinition, 'host'>;

/** One attempt unless it says otherwise: a test wants to see every answer. */
export function lambdaClient(url: string, options: LambdaClientConfig = {}): LambdaClient {
  return new LambdaClient({
    endpoint: url,
    region: 'eu-west-1',
    maxAttempts: 1,
    // The SDK's own limit of 50 would hold requests back before the endpoint sees them.
    requestHandler: { httpAgent: { maxSockets: 256 } },
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    ...options,
  });
}

/** The error that a call ends with, by the SDK's own parsing. */
export async function errorOf(call: Promise<unknown>): Promise<{
  readonly name: string;
  readonly message: string;
  readonly $metadata: { readonly httpStatusCode?: number };
}> {
  try {
    await call;
  } catch (error) {
    return error as Awaited<ReturnType<typeof errorOf>>;
  }
  throw new Error('wanted an error, the call succeeded');
}
