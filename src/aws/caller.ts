import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { isMetadataThere } from './metadata-service.ts';
import { messageOf } from '../contract/shared/thrown.ts';

/** Who calls AWS, from where: what the SDK finds in options, variables, files and services. */
export interface Caller {
  /** `null` where nothing names one. */
  readonly region: string | null;
  /** One provider for all clients of a command, so that a process or a sign-in is asked once. */
  readonly credentials: NonNullable<LambdaClientConfig['credentials']>;
  /** Why there are no credentials; `null` where there are. */
  readonly without: CredentialsProblem | null;
}

/** `none`: no place that the SDK looks in has any; `failed`: a place that was named has none to give. */
export type CredentialsProblem =
  { readonly kind: 'none' } | { readonly kind: 'failed'; readonly message: string };

const METADATA_DISABLED = 'AWS_EC2_METADATA_DISABLED';

/** What the chain of providers ends with when each of them has passed. */
const NOTHING_LEFT = 'Could not load credentials from any providers';

/** Finds the caller's region and credentials before anything is asked of AWS. */
export async function findCaller(
  options: { readonly region?: string; readonly profile?: string },
  env: NodeJS.ProcessEnv,
): Promise<Caller> {
  const client = new LambdaClient(options);
  const { credentials } = client.config;
  try {
    return {
      region: await client.config.region().catch(() => null),
      credentials,
      without: await problemOf(credentials, env),
    };
  } finally {
    client.destroy();
  }
}

/**
 * The metadata of an EC2 instance is the last place of the chain, and off EC2 the SDK waits about three
 * seconds for it. So the places before it are asked first; the metadata only when it answers at all. A
 * profile that names it (`credential_source`) is not touched by the variable.
 */
async function problemOf(
  credentials: () => Promise<unknown>,
  env: NodeJS.ProcessEnv,
): Promise<CredentialsProblem | null> {
  const given = env[METADATA_DISABLED];
  env[METADATA_DISABLED] = 'true';
  const problem = await tryOnce(credentials);
  if (given === undefined) Reflect.deleteProperty(env, METADATA_DISABLED);
  else env[METADATA_DISABLED] = given;
  if (problem?.kind !== 'none') return problem;
  const isOff = given !== undefined && given !== '' && given !== 'false';
  return isOff || !(await isMetadataThere(env)) ? problem : tryOnce(credentials);
}

async function tryOnce(credentials: () => Promise<unknown>): Promise<CredentialsProblem | null> {
  try {
    await credentials();
    return null;
  } catch (error) {
    const message = messageOf(error);
    return message.includes(NOTHING_LEFT) ? { kind: 'none' } : { kind: 'failed', message };
  }
}
