import type { Identity, IdentityCalls } from '../../aws/identity-calls.ts';
import type { WorkflowCalls } from '../../aws/workflow-calls.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { NEEDED_FOR_RUNS } from './needed-permissions.ts';
import { isAnswered, ROOT } from './read-permissions.ts';

/** The name of an execution that there is not. */
const NOBODY = 'powerdial-doctor-asks';

/**
 * Asks what the caller may do with runs of the deployed workflows: IAM, and where IAM may not be asked, by reading
 * an execution that does not exist. Starting and stopping one is then unknown. What is denied for one of the workflows
 * is denied.
 *
 * @param workflows the ARNs of their state machines
 */
export async function readRunPermissions(
  identity: Identity | null,
  workflows: readonly string[],
  calls: { readonly identity: IdentityCalls; readonly workflows: WorkflowCalls },
): Promise<ReadonlyMap<string, boolean>> {
  if (identity?.arn.endsWith(ROOT) === true) {
    return new Map(NEEDED_FOR_RUNS.map(({ action }) => [action, true]));
  }
  const known = await Promise.all(workflows.map((arn) => permissionsOn(arn, identity, calls)));
  const allowed = new Map<string, boolean>();
  for (const [action, isAllowed] of known.flatMap((each) => [...each])) {
    allowed.set(action, isAllowed && allowed.get(action) !== false);
  }
  return allowed;
}

async function permissionsOn(
  workflow: string,
  identity: Identity | null,
  calls: { readonly identity: IdentityCalls; readonly workflows: WorkflowCalls },
): Promise<ReadonlyMap<string, boolean>> {
  const executions = workflow.replace(':stateMachine:', ':execution:');
  if (identity !== null) {
    try {
      const simulate = (on: string, resource: string) =>
        calls.identity.simulate(
          identity.arn,
          NEEDED_FOR_RUNS.filter((each) => each.on === on).map(({ action }) => action),
          resource,
        );
      return new Map([
        ...(await simulate('workflow', workflow)),
        ...(await simulate('executions', `${executions}:*`)),
      ]);
    } catch (error) {
      if (!isAwsError(error)) throw error;
    }
  }
  const nobody = `${executions}:${NOBODY}`;
  const reads = [
    ['states:DescribeExecution', () => calls.workflows.readExecution(nobody)],
    ['states:GetExecutionHistory', () => calls.workflows.readEvents(nobody, 0)],
  ] as const;
  const allowed = new Map<string, boolean>();
  for (const [action, read] of reads) {
    const isAllowed = await isAnswered(read, action);
    if (isAllowed !== null) allowed.set(action, isAllowed);
  }
  return allowed;
}
