import { setTimeout as wait } from 'node:timers/promises';
import {
  describeExecution,
  listEndedExecutions,
  readEnteredStates,
  readExecutionStatus,
} from '../aws/execution-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';
import { statesClient } from '../aws/states-client.ts';
import type { CheckDeps } from '../contract/check/check-deps.ts';
import type { AwsError } from '../contract/shared/aws-error.ts';
import type { Deps } from '../contract/shared/deps.ts';
import type {
  DescribeExecution,
  ListEndedExecutions,
  ReadEnteredStates,
} from '../contract/shared/execution.ts';

/** Is told that a status is not known. Nothing fails for it, so it is said in the log. */
export type OnUnknownStatus = (error: AwsError) => void;

/** What the function of a stage can reach, in any workflow. */
export interface CloudWorld {
  /**
   * @param region of the target; `null` means the region where this function runs
   * @param onUnknownStatus is told why the status of an execution could not be read
   */
  readonly depsFor: (region: string | null, onUnknownStatus: OnUnknownStatus) => Deps & CheckDeps;
  /** Reads an execution of this tuner's state machine, which is in the region of this function. */
  readonly describeExecution: DescribeExecution;
  readonly readEnteredStates: ReadEnteredStates;
  readonly listEndedExecutions: ListEndedExecutions;
}

/**
 * Reaches AWS with the credentials of the function's own role. The clients and their connections stay open
 * between calls.
 */
export function cloudWorld(): CloudWorld {
  const byRegion = new Map<string, LambdaDeps>();
  // The client is made on first use, because few calls ask Step Functions anything.
  let made: ReturnType<typeof statesClient> | undefined;
  const states = (): ReturnType<typeof statesClient> => (made ??= statesClient({}));
  return {
    depsFor(region, onUnknownStatus) {
      const key = region ?? '';
      const known = byRegion.get(key) ?? lambdaDeps(region === null ? {} : { region });
      byRegion.set(key, known);
      return {
        ...known,
        readExecutionStatus: readExecutionStatus(states, onUnknownStatus),
        now: Date.now,
        sleep: (ms) => wait(ms),
        // Nobody watches the progress here: the history of Step Functions tells how far a run is.
        onProgress: () => undefined,
        onCheckProgress: () => undefined,
      };
    },
    describeExecution: (executionArn) => describeExecution(states())(executionArn),
    readEnteredStates: (executionArn) => readEnteredStates(states())(executionArn),
    listEndedExecutions: (...what) => listEndedExecutions(states())(...what),
  };
}
