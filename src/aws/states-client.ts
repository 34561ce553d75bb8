import { SFNClient } from '@aws-sdk/client-sfn';
import { connection, type ConnectionOptions } from './lambda-client.ts';

/** For finding, starting and following executions: retried by the SDK, slowed down when AWS throttles. */
export function statesClient(options: ConnectionOptions): SFNClient {
  return new SFNClient({
    ...connection(options),
    maxAttempts: 4,
    retryMode: 'adaptive',
    requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
}
