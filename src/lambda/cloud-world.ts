import { setTimeout as wait } from 'node:timers/promises';
import {
  describeExecution,
  readEnteredStates,
  readExecutionStatus,
} from '../aws/execution-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';
import { statesClient } from '../aws/states-client.ts';
import type { Deps } from '../contract/deps.ts';
import type { DescribeExecution, ReadEnteredStates } from '../contract/execution.ts';

/** What a stage's function can reach. */
export interface CloudWorld {
  /** @param region of the target; `null`: where this function runs */
  readonly depsFor: (region: string | null) => Deps;
  /** Reads an execution of this tuner's state machine, which is where this function is. */
  readonly describeExecution: DescribeExecution;
  readonly readEnteredStates: ReadEnteredStates;
}

/** AWS, with the credentials of the function's own role. Clients outlive a call, and their connections. */
export function cloudWorld(): CloudWorld {
  const byRegion = new Map<string, LambdaDeps>();
  // Made on first use: few calls ask Step Functions anything.
  let states: ReturnType<typeof statesClient> | undefined;
  const describe: DescribeExecution = (executionArn) => {
    states ??= statesClient({});
    return describeExecution(states)(executionArn);
  };
  return {
    depsFor(region) {
      const key = region ?? '';
      const known = byRegion.get(key) ?? lambdaDeps(region === null ? {} : { region });
      byRegion.set(key, known);
      return {
        ...known,
        readExecutionStatus: readExecutionStatus(describe),
        now: Date.now,
        sleep: (ms) => wait(ms),
        // Nobody watches from inside: Step Functions' history tells how far a run is.
        onProgress: () => undefined,
      };
    },
    describeExecution: describe,
    readEnteredStates(executionArn) {
      states ??= statesClient({});
      return readEnteredStates(states)(executionArn);
    },
  };
}
