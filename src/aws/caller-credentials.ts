import { LambdaClient } from '@aws-sdk/client-lambda';

/** The caller's own credentials, as the SDK's chain finds them, in the variables that SDKs read. */
export interface CallerCredentials {
  readonly variables: Readonly<Record<string, string>>;
  /** The id of the access key, which tells credentials apart and is not secret. */
  readonly accessKeyId: string;
  /** The region that the caller has configured; `null` where nothing names one. */
  readonly region: string | null;
}

/** @throws the SDK's error where the chain finds no credentials */
export async function callerCredentials(profile: string | undefined): Promise<CallerCredentials> {
  const client = new LambdaClient(profile === undefined ? {} : { profile });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    return {
      variables: {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      },
      accessKeyId,
      region: await client.config.region().catch(() => null),
    };
  } finally {
    client.destroy();
  }
}
