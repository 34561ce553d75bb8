import type { ConnectionOptions } from '../../aws/lambda-client.ts';
import { findCaller, type CredentialsProblem } from '../../aws/caller.ts';
import { UsageError } from './exit-code.ts';

/** How AWS is reached: a region and credentials that are there. */
export interface AwsConnection {
  readonly region: string;
  readonly profile?: string;
  readonly credentials: NonNullable<ConnectionOptions['credentials']>;
}

interface ConnectOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * Finds out how AWS is reached, before anything is asked of it.
 *
 * @param region of the ARN in question, where there is one; a region beside it would only contradict it
 * @throws {UsageError} which names what has to be set
 */
export async function connectAws(
  options: ConnectOptions,
  env: NodeJS.ProcessEnv,
  region: string | null = null,
): Promise<AwsConnection> {
  const named = region ?? options.region;
  const profile = options.profile === undefined ? {} : { profile: options.profile };
  const caller = await findCaller(
    { ...profile, ...(named === undefined ? {} : { region: named }) },
    env,
  );
  const profileName = options.profile ?? env['AWS_PROFILE'];
  const problems = [
    ...(caller.region === null ? [withoutRegion(profileName)] : []),
    ...(caller.without === null ? [] : [withoutCredentials(caller.without, profileName)]),
  ];
  if (caller.region === null || problems.length > 0) throw new UsageError(problems);
  return { region: caller.region, ...profile, credentials: caller.credentials };
}

function withoutRegion(profile: string | undefined): string {
  const where = profile === undefined ? '' : `, and profile ${profile} names none`;
  const option = profile === undefined ? '' : ` --profile ${profile}`;
  return `wanted an AWS region, none is set${where}: name it with --region eu-west-1 or AWS_REGION, or once and for all with aws configure set region eu-west-1${option}`;
}

function withoutCredentials(problem: CredentialsProblem, profile: string | undefined): string {
  if (problem.kind === 'none' && profile === undefined) {
    return 'wanted AWS credentials, there are none: sign in (aws login, or aws sso login), name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  }
  const whose = profile === undefined ? '' : ` of profile ${profile}`;
  const why =
    problem.kind === 'none'
      ? ', it has none to give'
      : `: ${problem.message.replace(/\.?\s*$/, '')}`;
  const again = profile === undefined ? '' : ` --profile ${profile}`;
  return `wanted AWS credentials${whose}${why}. Sign in (aws login${again}, or aws sso login${again}), or name another profile with --profile: aws configure list-profiles shows which there are`;
}
