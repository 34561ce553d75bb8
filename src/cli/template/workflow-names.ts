import { createHash } from 'node:crypto';
import { WORKFLOW_NAME_PREFIX } from '../../contract/shared/tuner.ts';

/** The names of the two state machines; the names of their functions begin with them. */
export interface WorkflowNames {
  readonly tune: string;
  readonly check: string;
}

/** The names in the synthesized templates. */
export const SYNTHESIZED_NAMES = workflowNames(WORKFLOW_NAME_PREFIX);

/**
 * Returns the names that the CDK app of this prefix gives its workflows: a stack that it deployed can be taken
 * over by a template, and the other way round, with every name in it the same.
 */
export function workflowNames(prefix: string): WorkflowNames {
  return {
    tune: `${prefix}-${address(prefix, 'Tuner')}`,
    check: `${prefix}-check-${address(prefix, 'Check')}`,
  };
}

/** The last eight characters of a construct's address: of SHA-1 over its path (constructs 10, `Node.addr`). */
function address(...path: readonly string[]): string {
  const hash = createHash('sha1');
  // The app itself is part of the path, and has no name.
  for (const each of ['', ...path]) hash.update(each).update('\n');
  return hash.digest('hex').slice(-8);
}
