import type { ConnectionOptions } from '../../aws/lambda-client.ts';
import { findCaller, type CredentialsProblem } from '../../aws/caller.ts';
import { UsageError } from './usage-error.ts';

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

/** What of a connection is not there: how it is and what to do, each as a clause, and both as one text. */
export interface MissingPart {
  readonly what: 'region' | 'credentials';
  readonly said: string;
  readonly todo: string;
  readonly problem: string;
}

/** AWS cannot be reached as things are set. */
export class MissingConnection extends UsageError {
  readonly missing: readonly MissingPart[];

  constructor(missing: readonly MissingPart[]) {
    super(missing.map(({ problem }) => problem));
    this.missing = missing;
  }
}

/**
 * Finds out how AWS is reached, before anything is asked of it.
 *
 * @param region of the ARN in question, where there is one; a region beside it would only contradict it
 * @throws {MissingConnection} which names what has to be set
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
  const missing = [
    ...(caller.region === null ? [withoutRegion(profileName)] : []),
    ...(caller.without === null ? [] : [withoutCredentials(caller.without, profileName)]),
  ];
  if (caller.region === null || missing.length > 0) throw new MissingConnection(missing);
  return { region: caller.region, ...profile, credentials: caller.credentials };
}

function withoutRegion(profile: string | undefined): MissingPart {
  const where = profile === undefined ? '' : `, and profile ${profile} names none`;
  const option = profile === undefined ? '' : ` --profile ${profile}`;
  const said = `wanted an AWS region, none is set${where}`;
  const todo = `name it with --region eu-west-1 or AWS_REGION, or once and for all with aws configure set region eu-west-1${option}`;
  return { what: 'region', said, todo, problem: `${said}: ${todo}` };
}

function withoutCredentials(problem: CredentialsProblem, profile: string | undefined): MissingPart {
  if (problem.kind === 'none' && profile === undefined) {
    const said = 'wanted AWS credentials, there are none';
    const todo =
      'sign in (aws login, or aws sso login), name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    return { what: 'credentials', said, todo, problem: `${said}: ${todo}` };
  }
  const whose = profile === undefined ? '' : ` of profile ${profile}`;
  const why =
    problem.kind === 'none'
      ? ', it has none to give'
      : `: ${problem.message.replace(/\.?\s*$/, '')}`;
  const again = profile === undefined ? '' : ` --profile ${profile}`;
  const said = `wanted AWS credentials${whose}${why}`;
  const todo = `sign in (aws login${again}, or aws sso login${again}), or name another profile with --profile: aws configure list-profiles shows which there are`;
  return { what: 'credentials', said, todo, problem: `${said}. ${todo.replace('sign', 'Sign')}` };
}
