import type { Identity, IdentityCalls } from '../../aws/identity-calls.ts';
import type { WorkflowCalls } from '../../aws/workflow-calls.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { WORKFLOW_TAGS, type WorkflowKind } from '../../contract/shared/tuner.ts';
import { listWorkflows } from '../../api/shared/cloud/find-workflow.ts';
import { finding, type Finding } from './finding.ts';

export interface SeenIdentity {
  readonly identity: Identity | null;
  readonly findings: readonly Finding[];
}

/** Asks who the caller is; where Lambda is an endpoint of one's own, nobody else is asked about its caller. */
export async function lookAtIdentity(
  calls: IdentityCalls,
  env: NodeJS.ProcessEnv,
): Promise<SeenIdentity> {
  const own = env['AWS_ENDPOINT_URL_LAMBDA'] ?? env['AWS_ENDPOINT_URL'] ?? '';
  if (own !== '' && (env['AWS_ENDPOINT_URL_STS'] ?? env['AWS_ENDPOINT_URL'] ?? '') === '') {
    return {
      identity: null,
      findings: [
        finding(
          'identity',
          'attention',
          `Lambda is ${own} (AWS_ENDPOINT_URL_LAMBDA) and not AWS, which was not asked who you are`,
          'unset AWS_ENDPOINT_URL_LAMBDA to reach AWS',
        ),
      ],
    };
  }
  try {
    const identity = await calls.whoAmI();
    const said = `${identity.arn} in account ${identity.account}`;
    return { identity, findings: [finding('identity', 'ok', said)] };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { code, message } = error;
    return {
      identity: null,
      findings: [
        error.kind === 'denied'
          ? finding(
              'identity',
              'missing',
              `AWS does not take these credentials: ${code}: ${message}`,
              'sign in again (aws login, or aws sso login), or name another profile with --profile',
            )
          : finding(
              'identity',
              'unknown',
              `AWS did not tell who you are: ${code}: ${message}`,
              'see whether this machine reaches AWS (a network, a proxy, a VPC without an endpoint for STS)',
            ),
      ],
    };
  }
}

/** What `powerdial serve` has in place of a version. */
const SERVED = 'embedded';

/** Tells what is deployed here, and whether it is of the same version as the command, with the ARNs of its workflows. */
export async function lookAtDeployed(
  calls: Pick<WorkflowCalls, 'listStateMachines' | 'readTags'>,
  ownVersion: string,
): Promise<{ readonly findings: readonly Finding[]; readonly workflows: readonly string[] }> {
  const only = (each: Finding) => ({ findings: [each], workflows: [] });
  try {
    const found = [...(await versionsOf(calls, 'tune')), ...(await versionsOf(calls, 'check'))];
    if (found.length === 0) {
      return only(
        finding(
          'deployed',
          'ok',
          'no workflow is deployed here: runs are played on this machine',
          'nothing to do; docs/deploy.md tells how to put one there, for runs that outlast this machine',
        ),
      );
    }
    return {
      findings: found.map((each) => deployedFinding(each, ownVersion)),
      workflows: found.map(({ arn }) => arn),
    };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return only(
      finding(
        'deployed',
        'unknown',
        `could not be looked for: ${error.action} answered ${error.code}: ${error.message}`,
        'name a deployed workflow with --state-machine, or play runs here (--embedded)',
      ),
    );
  }
}

function deployedFinding(
  { arn, version }: { readonly arn: string; readonly version: string },
  ownVersion: string,
): Finding {
  if (version === SERVED) return finding('deployed', 'ok', `${arn} is that of powerdial serve`);
  if (version === ownVersion) {
    return finding('deployed', 'ok', `${arn} is of version ${version}, as this command is`);
  }
  return finding(
    'deployed',
    'attention',
    `${arn} is of version ${version}, this command of ${ownVersion}`,
    'deploy it again (docs/deploy.md), or play runs here (--embedded)',
  );
}

async function versionsOf(
  calls: Pick<WorkflowCalls, 'listStateMachines' | 'readTags'>,
  kind: WorkflowKind,
): Promise<readonly { readonly arn: string; readonly version: string }[]> {
  const arns = await listWorkflows(calls, kind);
  return Promise.all(
    arns.map(async (arn) => ({
      arn,
      version: (await calls.readTags(arn))[WORKFLOW_TAGS[kind]] ?? 'unknown',
    })),
  );
}
