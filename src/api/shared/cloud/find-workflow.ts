import type { WorkflowCalls } from '../../../aws/workflow-calls.ts';
import { isAwsError, type AwsError } from '../../../contract/shared/aws-error.ts';
import {
  WORKFLOW_NAME_PREFIX,
  WORKFLOW_TAGS,
  type WorkflowKind,
} from '../../../contract/shared/tuner.ts';
import { UsageError } from '../usage-error.ts';

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
 * that the calls are for. One whose tags this caller may not read is another team's, most likely.
 *
 * @param note told in a sentence what was passed over
 * @throws {UsageError} when there are several, or none but such whose tags may not be read: one has to be named
 */
export async function findWorkflow(
  calls: Calls,
  kind: WorkflowKind,
  note: (sentence: string) => void = () => undefined,
): Promise<FoundWorkflow> {
  let looked: Looked;
  try {
    looked = await look(calls, kind);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { kind: 'none', why: notLookedFor(error) };
  }
  const { tagged, untagged, denied } = looked;
  const [arn, ...others] = tagged;
  if (others.length > 0) throw toBeNamed(`there are ${tagged.length}`, tagged);
  if (arn === undefined && untagged === 0 && denied.length > 0) {
    throw toBeNamed(
      'you may not read the tags of these to tell which is meant (states:ListTagsForResource)',
      denied,
    );
  }
  if (denied.length > 0) note(passedOverText(denied));
  return arn === undefined ? { kind: 'none', why: NOT_DEPLOYED[kind] } : { kind: 'found', arn };
}

/**
 * Returns the ARNs of all deployed workflows of a kind, sorted, as far as their tags may be read.
 *
 * @throws {AwsError}
 */
export async function listWorkflows(calls: Calls, kind: WorkflowKind): Promise<readonly string[]> {
  return (await look(calls, kind)).tagged;
}

interface Looked {
  readonly tagged: readonly string[];
  /** How many only have a name that begins like a workflow's. */
  readonly untagged: number;
  /** Those whose tags may not be read. */
  readonly denied: readonly string[];
}

async function look(calls: Calls, kind: WorkflowKind): Promise<Looked> {
  const tagged: string[] = [];
  const denied: string[] = [];
  let untagged = 0;
  for (const { arn } of await calls.listStateMachines(WORKFLOW_NAME_PREFIX)) {
    try {
      if (Object.hasOwn(await calls.readTags(arn), WORKFLOW_TAGS[kind])) tagged.push(arn);
      else untagged += 1;
    } catch (error) {
      if (!isAwsError(error, 'denied')) throw error;
      denied.push(arn);
    }
  }
  return { tagged: tagged.toSorted(), untagged, denied: denied.toSorted() };
}

function toBeNamed(why: string, arns: readonly string[]): UsageError {
  return new UsageError([
    `wanted one deployed workflow, ${why}; name one with --state-machine <arn>, or play it here with --embedded:\n${arns.map((each) => `      ${each}`).join('\n')}`,
  ]);
}

function passedOverText(arns: readonly string[]): string {
  return `Passed over ${arns.join(', ')}: you may not read the tags there (states:ListTagsForResource); --state-machine <arn> names one all the same.`;
}

/**
 * Says why no deployed workflow was looked for. Somebody who may tune a function need not know Step Functions
 * at all, so this is no failure.
 */
function notLookedFor({ kind, action, resource, code, message }: AwsError): string {
  const listed = kind === 'denied' ? ' (docs/security.md lists what the command needs)' : '';
  return `Could not look for a deployed workflow: ${action} on ${resource} answered ${code}: ${message}${listed}`;
}
