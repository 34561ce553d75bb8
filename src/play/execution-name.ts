import { randomBytes } from 'node:crypto';
import type { Workflow } from '../contract/shared/workflow.ts';

/** Makes a new name for an execution that is played here. A run is known by it, also on its function. */
export function newExecutionName({ playedPrefix }: Pick<Workflow, 'playedPrefix'>): string {
  return `${playedPrefix}-${randomBytes(4).toString('hex')}`;
}

/**
 * Takes the place of the ARN in the context object. There is no Step Functions that could be asked for it.
 */
export function playedArn(name: string): string {
  return `embedded:${name}`;
}
