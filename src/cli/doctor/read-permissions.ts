import type { LambdaDeps } from '../../aws/lambda-deps.ts';
import type { Identity, IdentityCalls } from '../../aws/identity-calls.ts';
import type { WorkflowCalls } from '../../aws/workflow-calls.ts';
import { WORKFLOW_NAME_PREFIX } from '../../contract/shared/tuner.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { NEEDED, type NeededPermission } from './needed-permissions.ts';

type LambdaReads = Pick<
  LambdaDeps,
  | 'readConfiguration'
  | 'listVersions'
  | 'listAliases'
  | 'readFunctionConcurrency'
  | 'readUnreservedConcurrency'
  | 'readTags'
  | 'proveInvoke'
>;

/** What is known of permissions, by action; what is not in it is unknown. */
export interface KnownPermissions {
  readonly allowed: ReadonlyMap<string, boolean>;
  /** How it is known, as a clause. */
  readonly how: string;
  /** Whether that tells of every permission. */
  readonly isWhole: boolean;
}

/** How the ARN of an account's root user ends, who needs no policy. */
export const ROOT = ':root';

interface Around {
  readonly identity: Identity | null;
  readonly region: string;
  /** Unqualified, where there is a function. */
  readonly functionArn: string | null;
  readonly logGroup: string | null;
}

/**
 * Asks IAM what the caller's policies allow; a root user needs no policy. Where IAM may not be asked, reads
 * that every command makes tell of themselves, and Invoke by its dry run; a permission to change something is
 * then unknown, since only a change would tell.
 */
export async function readPermissions(
  around: Around,
  calls: {
    readonly identity: IdentityCalls;
    readonly lambda: LambdaReads;
    readonly workflows: WorkflowCalls;
  },
): Promise<KnownPermissions> {
  const { identity } = around;
  if (identity?.arn.endsWith(ROOT) === true) {
    return {
      allowed: new Map(NEEDED.map(({ action }) => [action, true])),
      how: 'you are the root user of the account, who may do everything',
      isWhole: true,
    };
  }
  if (identity !== null) {
    try {
      const allowed = await simulate(identity, around, calls.identity);
      return { allowed, how: "known by IAM's simulation of your policies", isWhole: true };
    } catch (error) {
      if (!isAwsError(error)) throw error;
    }
  }
  return {
    allowed: await tryReads(around.functionArn, calls),
    how: 'IAM could not be asked, so reads and a dry run of Invoke were tried, and no change was',
    isWhole: false,
  };
}

async function simulate(
  identity: Identity,
  around: Around,
  calls: IdentityCalls,
): Promise<ReadonlyMap<string, boolean>> {
  const allowed = new Map<string, boolean>();
  for (const on of ['function', 'logs', 'workflows', 'everything'] as const) {
    const actions = NEEDED.filter((each) => each.on === on).map(({ action }) => action);
    const known = await calls.simulate(identity.arn, actions, resourceOf(on, identity, around));
    for (const [action, isAllowed] of known) allowed.set(action, isAllowed);
  }
  return allowed;
}

function resourceOf(
  on: NeededPermission['on'],
  { account, arn }: Identity,
  { region, functionArn, logGroup }: Around,
): string {
  const prefix = (service: string): string =>
    `arn:${arn.split(':')[1] ?? 'aws'}:${service}:${region}:${account}`;
  switch (on) {
    case 'function':
      return functionArn ?? `${prefix('lambda')}:function:*`;
    case 'logs':
      return `${prefix('logs')}:log-group:${logGroup ?? '/aws/lambda/*'}:*`;
    case 'workflows':
      return `${prefix('states')}:stateMachine:${WORKFLOW_NAME_PREFIX}*`;
    case 'everything':
      return '*';
  }
}

async function tryReads(
  functionArn: string | null,
  { lambda, workflows }: { readonly lambda: LambdaReads; readonly workflows: WorkflowCalls },
): Promise<ReadonlyMap<string, boolean>> {
  const named = (ask: (functionName: string) => Promise<unknown>) =>
    functionArn === null ? null : () => ask(functionArn);
  const reads: Readonly<Record<string, (() => Promise<unknown>) | null>> = {
    'states:ListStateMachines': () => workflows.listStateMachines(WORKFLOW_NAME_PREFIX),
    'lambda:GetAccountSettings': () => lambda.readUnreservedConcurrency(),
    'lambda:GetFunctionConfiguration': named((functionName) =>
      lambda.readConfiguration({ functionName }),
    ),
    'lambda:ListVersionsByFunction': named(lambda.listVersions),
    'lambda:ListAliases': named(lambda.listAliases),
    'lambda:GetFunctionConcurrency': named(lambda.readFunctionConcurrency),
    'lambda:ListTags': named(lambda.readTags),
    // Runs nothing: Lambda checks the permission alone.
    'lambda:InvokeFunction': named(lambda.proveInvoke),
  };
  const allowed = new Map<string, boolean>();
  for (const [action, read] of Object.entries(reads)) {
    const isAllowed = read === null ? null : await isAnswered(read, action);
    if (isAllowed !== null) allowed.set(action, isAllowed);
  }
  return allowed;
}

/** `null`: the answer tells nothing of the permission. What does not exist was looked for, so that it may be read. */
export async function isAnswered(
  read: () => Promise<unknown>,
  action: string,
): Promise<boolean | null> {
  try {
    await read();
    return true;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    if (error.kind === 'not-found') return true;
    return error.kind === 'denied' && error.action === action ? false : null;
  }
}
