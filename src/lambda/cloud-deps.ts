import { setTimeout as wait } from 'node:timers/promises';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describeExecution, readExecutionStatus } from '../aws/execution-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';
import type { Deps } from '../contract/deps.ts';
import type { DescribeExecution } from '../contract/execution.ts';

/** Clients outlive a call: the next one finds their connections open. */
const byRegion = new Map<string, LambdaDeps>();

/**
 * What the stages need from the world, with the credentials of the function's own role.
 *
 * @param region of the target; `null`: where this function runs
 */
export function cloudDeps(region: string | null): Deps {
  const key = region ?? '';
  const known = byRegion.get(key) ?? lambdaDeps(region === null ? {} : { region });
  byRegion.set(key, known);
  return {
    ...known,
    readExecutionStatus: readExecutionStatus(executions),
    now: Date.now,
    sleep: (ms) => wait(ms),
    // Nobody watches from inside: Step Functions' history tells how far a run is.
    onProgress: () => undefined,
  };
}

/** Made on first use: few calls ask Step Functions anything. */
let sfn: SFNClient | undefined;

/** Reads an execution of this tuner's state machine, which is where this function is. */
export const executions: DescribeExecution = (executionArn) => {
  sfn ??= new SFNClient({ maxAttempts: 6 });
  return describeExecution(sfn)(executionArn);
};
