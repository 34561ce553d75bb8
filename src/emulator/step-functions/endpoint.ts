import { randomUUID } from 'node:crypto';
import type { Intercept } from '../lambda/fault.ts';
import { startLoopbackServer } from '../loopback-server.ts';
import { requestListener } from '../services/request-listener.ts';
import { StatesAccount } from './states-account.ts';
import { statesService } from './states-service.ts';
import type { WorkflowOffer } from './workflow-offer.ts';

export interface StepFunctionsEndpointOptions {
  readonly stateMachines: readonly WorkflowOffer[];
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Twelve digits. @default '123456789012' */
  readonly accountId?: string;
  /** @default any that is free */
  readonly port?: number;
  /** Puts faults in the way of requests. */
  readonly intercept?: Intercept;
}

export interface StepFunctionsEndpoint {
  /** `http://127.0.0.1:PORT`, for an SDK's `endpoint` or the AWS CLI's `--endpoint-url`. */
  readonly url: string;
  /** In the order of the state machines that were offered. */
  readonly stateMachineArns: readonly string[];
  /**
   * Stops every execution, waits for what follows its end, and closes the port; again is no error.
   *
   * @throws {AggregateError} with what went wrong after executions had ended
   */
  close(): Promise<void>;
}

/**
 * Step Functions' HTTP API (Standard workflows) on loopback, for any AWS SDK and the AWS CLI: the
 * workflow player behind StartExecution, DescribeExecution, StopExecution, GetExecutionHistory,
 * ListExecutions, ListStateMachines, DescribeStateMachine and ListTagsForResource.
 */
export async function startStepFunctionsEndpoint(
  options: StepFunctionsEndpointOptions,
): Promise<StepFunctionsEndpoint> {
  const { stateMachines, region = 'us-east-1', accountId = '123456789012', port = 0 } = options;
  const account = new StatesAccount(stateMachines, region, accountId);
  const listener = requestListener({
    services: [statesService(account)],
    intercept: options.intercept ?? (() => undefined),
    newId: randomUUID,
  });
  const server = await startLoopbackServer(listener, port);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    // The port first: nothing may start while the rest is brought to its end.
    await server.close();
    const failures = await account.settle();
    if (failures.length > 0) {
      const text = 'Close the embedded Step Functions endpoint: not everything ended well';
      throw new AggregateError(failures, text);
    }
  };
  return {
    url: server.url,
    stateMachineArns: stateMachines.map(
      ({ name }) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`,
    ),
    close: () => (closing ??= close()),
  };
}
