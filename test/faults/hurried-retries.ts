import type { ConnectionOptions } from '../../src/aws/lambda-client.ts';

const ATTEMPTS = 6;

interface Token {
  readonly retries: number;
}

/** As many attempts as the SDK makes for a run, for the same errors, without its backoff. */
export function hurriedRetries(): NonNullable<ConnectionOptions['retryStrategy']> {
  const token = (retries: number) => ({
    retries,
    getRetryCount: () => retries,
    getRetryDelay: () => 0,
  });
  return {
    acquireInitialRetryToken: () => Promise.resolve(token(0)),
    refreshRetryTokenForRetry(before, { errorType }) {
      const { retries } = before as unknown as Token;
      if (errorType === 'CLIENT_ERROR' || retries + 1 >= ATTEMPTS) {
        return Promise.reject(new Error('no more attempts'));
      }
      return Promise.resolve(token(retries + 1));
    },
    recordSuccess: () => undefined,
  };
}
