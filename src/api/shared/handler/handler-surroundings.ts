import type { CallerCredentials } from '../../../aws/caller-credentials.ts';
import type { LocalSource } from '../project/local-source.ts';
import type { HandlerOptions } from './handler-options.ts';
import { joinVariables, readVariables } from './read-variables.ts';
import { messageOf } from '../../../contract/shared/thrown.ts';

const DEFAULT_REGION = 'us-east-1';

/** What a handler of this machine finds around it. */
export interface HandlerSurroundings {
  /** The function's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that say where its layers are; there is nothing in them to hide. */
  readonly layers: Readonly<Record<string, string>>;
  /** The caller's credentials as variables, where the handler is to have them. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly root: string | undefined;
  readonly region: string;
  /** What is to be said before it starts. */
  readonly notices: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Reads the options for handlers of this machine. Without `--aws-credentials` none are looked for.
 *
 * @param source what a template says of the function; options win
 */
export async function readSurroundings(
  options: HandlerOptions,
  source: LocalSource | null = null,
): Promise<HandlerSurroundings> {
  const given = await readVariables(options);
  const read = source === null ? given : joinVariables(source, given);
  const found = options.awsCredentials === true ? await findCredentials(options) : null;
  const region = options.region ?? found?.credentials?.region ?? DEFAULT_REGION;
  return {
    environment: read.variables,
    layers: source?.layers ?? {},
    credentials: found?.credentials?.variables ?? {},
    root: source?.root ?? options.root,
    region,
    notices: [
      ...read.notices,
      ...(found?.credentials === undefined
        ? []
        : [
            `The handler gets your AWS credentials (${profileText(options)}, access key ${found.credentials.accessKeyId}, region ${region}): what it does with them is real.`,
          ]),
    ],
    problems: [...read.problems, ...(found?.problem === undefined ? [] : [found.problem])],
  };
}

async function findCredentials(
  options: HandlerOptions,
): Promise<{ readonly credentials?: CallerCredentials; readonly problem?: string }> {
  const { callerCredentials } = await import('../../../aws/caller-credentials.ts');
  try {
    return { credentials: await callerCredentials(options.profile) };
  } catch (error) {
    const why = messageOf(error);
    return {
      problem: `--aws-credentials: wanted the credentials of ${profileText(options)}, there are none: ${why}`,
    };
  }
}

function profileText({ profile }: HandlerOptions): string {
  const named = profile ?? process.env['AWS_PROFILE'];
  return named === undefined ? 'the default profile or the environment' : `profile ${named}`;
}
