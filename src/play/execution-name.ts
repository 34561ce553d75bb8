import { randomBytes } from 'node:crypto';
import type { Workflow } from '../contract/shared/workflow.ts';

/** A new name for an execution that is played here: by it a run is known, and found on a function. */
export function newExecutionName({ playedPrefix }: Pick<Workflow, 'playedPrefix'>): string {
  return `${playedPrefix}-${randomBytes(4).toString('hex')}`;
}

/** The ARN's place in the context object: there is no Step Functions that could be asked. */
export function playedArn(name: string): string {
  return `embedded:${name}`;
}
