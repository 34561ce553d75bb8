import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { withoutSampling } from './no-sampling.ts';

export interface ConnectionOptions {
  readonly region?: string;
  readonly profile?: string;
  /** An endpoint in place of AWS's own, such as the embedded one. */
  readonly endpoint?: string;
  readonly credentials?: LambdaClientConfig['credentials'];
  /** How calls about a function are tried again. @default 6 attempts, slowed down when AWS throttles */
  readonly retryStrategy?: LambdaClientConfig['retryStrategy'];
  /** How long a call about a function may stay without an answer. @default 20,000 */
  readonly requestTimeoutMs?: number;
}

/** For reading and changing functions: retried by the SDK, slowed down when AWS throttles. */
export function controlClient(options: ConnectionOptions): LambdaClient {
  return new LambdaClient({
    ...connection(options),
    maxAttempts: 6,
    retryMode: 'adaptive',
    ...(options.retryStrategy === undefined ? {} : { retryStrategy: options.retryStrategy }),
    requestHandler: {
      requestTimeout: options.requestTimeoutMs ?? 20_000,
      throwOnRequestTimeout: true,
    },
  });
}

/**
 * An input may ask for this many invocations at once (`concurrency`). An invocation that had to wait for a
 * socket would have less time for its answer. Lambda lets a function have 1,024 files open, sockets among
 * them.
 */
const MOST_UNDER_WAY = 1000;

/**
 * For invoking the target: exactly one attempt, because a second one would run the target twice. The
 * SDK sets no limit on waiting; each invocation brings its own.
 */
export function invokeClient(options: ConnectionOptions): LambdaClient {
  const client = new LambdaClient({
    ...connection(options),
    maxAttempts: 1,
    requestHandler: {
      requestTimeout: 0,
      socketTimeout: 0,
      httpAgent: { maxSockets: MOST_UNDER_WAY },
      httpsAgent: { maxSockets: MOST_UNDER_WAY },
    },
  });
  return withoutSampling(client);
}

/** Tells what the clients of every service have in common. */
export function connection(
  options: ConnectionOptions,
): Pick<LambdaClientConfig, 'region' | 'profile' | 'endpoint' | 'credentials'> {
  return {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  };
}
