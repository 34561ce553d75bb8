import { isAwsError } from '../contract/shared/aws-error.ts';
import type { ConnectionOptions } from './lambda-client.ts';
import { serviceDomain } from './service-domain.ts';
import { sendSignedQuery, textOf, textsOf, type QueryService } from './send-signed-query.ts';

/** Who calls, as AWS knows it. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** Questions about the caller, none of which changes anything. */
export interface IdentityCalls {
  /** @throws {AwsError} */
  readonly whoAmI: () => Promise<Identity>;
  /**
   * What the caller's policies allow on a resource, by action.
   *
   * @param arn of the caller, as `whoAmI` tells it
   * @throws {AwsError}
   */
  readonly simulate: (
    arn: string,
    actions: readonly string[],
    resource: string,
  ) => Promise<ReadonlyMap<string, boolean>>;
}

interface IdentityOptions {
  readonly region: string;
  readonly credentials: NonNullable<ConnectionOptions['credentials']>;
}

/** The caller's identity by STS, and its permissions by IAM's simulation of its policies. */
export function identityCalls(
  { region, credentials }: IdentityOptions,
  env: NodeJS.ProcessEnv,
): IdentityCalls {
  const sts = service('sts', region, env);
  const iam = service('iam', region, env);
  return {
    async whoAmI() {
      const xml = await sendSignedQuery(sts, credentials, { Action: 'GetCallerIdentity' });
      return { account: textOf(xml, 'Account') ?? '', arn: textOf(xml, 'Arn') ?? '' };
    },
    async simulate(arn, actions, resource) {
      const source = await policySource(arn, (parameters) =>
        sendSignedQuery(iam, credentials, parameters),
      );
      const xml = await sendSignedQuery(iam, credentials, {
        Action: 'SimulatePrincipalPolicy',
        PolicySourceArn: source,
        'ResourceArns.member.1': resource,
        MaxItems: '1000',
        ...Object.fromEntries(
          actions.map((action, index) => [`ActionNames.member.${index + 1}`, action] as const),
        ),
      });
      // Each result has one of each, in whichever order.
      const decisions = textsOf(xml, 'EvalDecision');
      return new Map(
        textsOf(xml, 'EvalActionName').map((action, index) => [
          action,
          decisions[index] === 'allowed',
        ]),
      );
    },
  };
}

const ASSUMED = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//;

/**
 * The ARN whose policies count. Of a role that was assumed, only the name is told, and its ARN has a path in
 * between; where the role may not be read, it is taken to have none.
 */
async function policySource(
  arn: string,
  ask: (parameters: { readonly Action: string; readonly RoleName: string }) => Promise<string>,
): Promise<string> {
  const [, partition = '', account = '', role = ''] = ASSUMED.exec(arn) ?? [];
  if (role === '') return arn;
  try {
    const xml = await ask({ Action: 'GetRole', RoleName: role });
    return textOf(xml, 'Arn') ?? `arn:${partition}:iam::${account}:role/${role}`;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return `arn:${partition}:iam::${account}:role/${role}`;
  }
}

/** IAM is one service for a whole partition, in one of its regions. */
const IAM: Readonly<Record<string, { readonly host: string; readonly region: string }>> = {
  aws: { host: 'iam.amazonaws.com', region: 'us-east-1' },
  'aws-cn': { host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
  'aws-us-gov': { host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
};

function service(name: 'sts' | 'iam', region: string, env: NodeJS.ProcessEnv): QueryService {
  const version = name === 'sts' ? '2011-06-15' : '2010-05-08';
  const partition = partitionOf(region);
  const iam = IAM[partition] ?? { host: `iam.${region}.${serviceDomain(partition)}`, region };
  const own = name === 'sts' ? { host: `sts.${region}.${serviceDomain(partition)}`, region } : iam;
  const set = env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'] ?? '';
  return {
    name,
    version,
    url: set === '' ? `https://${own.host}/` : set,
    signingRegion: own.region,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
