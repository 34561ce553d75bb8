import type { WorkflowCalls } from '../../aws/workflow-calls.ts';
import { isAwsError, type AwsError } from '../../contract/aws-error.ts';
import { TUNER_NAME_PREFIX, WORKFLOW_TAGS, type WorkflowKind } from '../../contract/tuner.ts';
import { UsageError } from '../exit-code.ts';

export type FoundWorkflow =
  | { readonly kind: 'found'; readonly arn: string }
  /** `why` begins the sentence that tells the user where the run is played instead. */
  | { readonly kind: 'none'; readonly why: string };

const NOT_DEPLOYED: { readonly [Kind in WorkflowKind]: string } = {
  tune: 'No workflow is deployed here',
  check: 'No workflow for checks is deployed here',
};

type Calls = Pick<WorkflowCalls, 'listStateMachines' | 'readTags'>;

/**
 * Looks for a deployed workflow: by the beginning of its name and by its tag, in the region and account
 * that the calls are for.
 *
 * @throws {UsageError} when there are several: one has to be named
 */
export async function findWorkflow(calls: Calls, kind: WorkflowKind): Promise<FoundWorkflow> {
  let arns: readonly string[];
  try {
    arns = await listWorkflows(calls, kind);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { kind: 'none', why: notLookedFor(error) };
  }
  const [arn, ...others] = arns;
  if (arn === undefined) return { kind: 'none', why: NOT_DEPLOYED[kind] };
  if (others.length === 0) return { kind: 'found', arn };
  throw new UsageError([
    `wanted one deployed workflow, there are ${arns.length}; name one with --state-machine <arn>, or play it here with --embedded:\n${arns.map((each) => `      ${each}`).join('\n')}`,
  ]);
}

/** The ARNs of all deployed workflows of a kind, sorted. @throws {AwsError} */
export async function listWorkflows(calls: Calls, kind: WorkflowKind): Promise<readonly string[]> {
  const arns: string[] = [];
  for (const { arn } of await calls.listStateMachines(TUNER_NAME_PREFIX)) {
    if (Object.hasOwn(await calls.readTags(arn), WORKFLOW_TAGS[kind])) arns.push(arn);
  }
  return arns.toSorted();
}

/** Somebody who may tune a function need not know Step Functions at all, so this is no failure. */
function notLookedFor({ kind, action, resource, code, message }: AwsError): string {
  const listed = kind === 'denied' ? ' (docs/security.md lists what the command needs)' : '';
  return `Could not look for a deployed workflow: ${action} on ${resource} answered ${code}: ${message}${listed}`;
}
