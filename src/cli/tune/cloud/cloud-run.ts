import type { WorkflowCalls } from '../../../aws/workflow-calls.ts';
import type { Tuning } from '../tuning.ts';

/** A run in Step Functions, and the command that follows it. */
export interface CloudRun {
  readonly tuning: Tuning;
  readonly calls: WorkflowCalls;
  readonly executionArn: string;
  /** The execution's name: what journals and marks say. */
  readonly run: string;
}

/** The command that takes up a run again. */
export function attachCommand(executionArn: string): string {
  return `powerdial tune --attach ${executionArn}`;
}
