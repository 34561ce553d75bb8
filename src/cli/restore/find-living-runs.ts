import type { WorkflowCalls } from '../../aws/workflow-calls.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { listWorkflows } from '../../api/shared/cloud/find-workflow.ts';
import type { LeftRun } from './find-left-runs.ts';

export interface LivingRun extends LeftRun {
  /** The execution that is RUNNING; `null` where nobody could be asked, and only its word counts. */
  readonly executionArn: string | null;
}

type Calls = Pick<WorkflowCalls, 'listStateMachines' | 'readTags' | 'readExecution'>;

/**
 * The runs that may still be at work: those whose own time is not over, unless Step Functions knows their
 * execution and says that it has ended.
 */
export async function findLivingRuns(
  runs: readonly LeftRun[],
  nowMs: number,
  calls: Calls,
): Promise<readonly LivingRun[]> {
  const claiming = runs.filter(({ until }) => Date.parse(until) > nowMs);
  if (claiming.length === 0) return [];
  const machines = await tuners(calls);
  const living: LivingRun[] = [];
  for (const run of claiming) {
    const execution = await findExecution(run.run, machines, calls);
    if (execution === null || execution.status === 'RUNNING') {
      living.push({ ...run, executionArn: execution?.executionArn ?? null });
    }
  }
  return living;
}

/**
 * Lists the deployed workflows. Who may put a function back need not know Step Functions: then a run's own word
 * counts.
 */
async function tuners(calls: Calls): Promise<readonly string[]> {
  try {
    return await listWorkflows(calls, 'tune');
  } catch (error) {
    if (isAwsError(error)) return [];
    throw error;
  }
}

async function findExecution(
  run: string,
  machines: readonly string[],
  calls: Calls,
): Promise<{ readonly executionArn: string; readonly status: string } | null> {
  for (const machine of machines) {
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${run}`;
    try {
      return await calls.readExecution(executionArn);
    } catch (error) {
      if (!isAwsError(error)) throw error;
    }
  }
  return null;
}
