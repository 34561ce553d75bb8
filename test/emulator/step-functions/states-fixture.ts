import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import {
  startStepFunctionsEndpoint,
  type StepFunctionsEndpoint,
} from '../../../src/emulator/step-functions/endpoint.ts';
import type {
  EndedStatus,
  WorkflowOffer,
} from '../../../src/emulator/step-functions/workflow-offer.ts';
import type { TaskFunction } from '../../../src/emulator/player/task-function.ts';

export const TASK_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:work';

/** `Start` runs the task; what it fails with is caught once and ends the execution. */
export const ONE_TASK = {
  QueryLanguage: 'JSONata',
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: TASK_ARN,
      Arguments: { given: '{% $states.input %}' },
      TimeoutSeconds: 5,
      Assign: { answer: '{% $states.result %}' },
      End: true,
    },
  },
};

export const LONG_WAIT = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait a long time',
  States: { 'Wait a long time': { Type: 'Wait', Seconds: 3600, End: true } },
};

export interface StatesFixture {
  readonly endpoint: StepFunctionsEndpoint;
  readonly client: SFNClient;
  /** How executions ended, by name, as the rule was told. */
  readonly afterwards: Map<string, EndedStatus>;
  close(): Promise<void>;
}

/** State machines behind the endpoint, reached through the real SDK. */
export async function statesFixture(
  machines: Readonly<
    Record<
      string,
      { definition: unknown; task?: TaskFunction; resource?: string; tags?: Record<string, string> }
    >
  >,
): Promise<StatesFixture> {
  const afterwards = new Map<string, EndedStatus>();
  const stateMachines = Object.entries(machines).map(
    ([name, { definition, task, resource = TASK_ARN, tags }]): WorkflowOffer => ({
      name,
      definition,
      ...(tags === undefined ? {} : { tags }),
      open: (execution) => ({
        tasks: { [resource]: task ?? (() => Promise.resolve('done')) },
        afterwards: (status) => {
          afterwards.set(execution.name, status);
          return Promise.resolve();
        },
      }),
    }),
  );
  const endpoint = await startStepFunctionsEndpoint({ stateMachines, region: 'eu-west-1' });
  const client = statesClient(endpoint.url);
  return {
    endpoint,
    client,
    afterwards,
    async close() {
      client.destroy();
      await endpoint.close();
    },
  };
}

export function statesClient(endpoint: string): SFNClient {
  const config: SFNClientConfig = {
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  return new SFNClient(config);
}

export function machineArn(name: string): string {
  return `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;
}

export function executionArn(machine: string, name: string): string {
  return `arn:aws:states:eu-west-1:123456789012:execution:${machine}:${name}`;
}
