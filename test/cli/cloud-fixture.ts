import type { LambdaClient } from '@aws-sdk/client-lambda';
import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';
import {
  type FunctionHost,
  type Intercept,
  type LambdaEndpointOptions,
  startStepFunctionsEndpoint,
} from '../../src/emulator/index.ts';
import { tuneStateMachine } from '../../src/play/tune-state-machine.ts';
import { embeddedTarget, snapshot, TARGET_NAME } from '../flow/embedded-target.ts';
import { statesClient } from '../emulator/step-functions/states-fixture.ts';
import { start, type Ended, type Running } from './powerdial.ts';

export interface CloudOptions {
  /** Deployed workflows: their tags by name. @default one with the tuner's tag */
  readonly workflows?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Which workflow they are. @default the tuner's */
  readonly machine?: typeof tuneStateMachine;
  readonly lambda?: LambdaEndpointOptions;
  /** Faults of Step Functions. */
  readonly intercept?: Intercept;
  readonly recording?: unknown;
  /** Of the function, in place of a recording. */
  readonly host?: FunctionHost;
}

/** A function and a deployed workflow behind loopback endpoints, for commands as real processes. */
export interface Cloud {
  readonly env: Readonly<Record<string, string>>;
  readonly client: SFNClient;
  /** For what a user does to the function. */
  readonly lambda: LambdaClient;
  readonly stateMachineArns: readonly string[];
  /** The function, as a run must leave it. */
  snapshot(): Promise<unknown>;
  start(...args: readonly string[]): Running;
  run(...args: readonly string[]): Promise<Ended>;
  /** Resolves when an execution has entered a state. */
  entered(executionArn: string, stateName: string): Promise<void>;
  close(): Promise<void>;
}

const TUNER = { 'powerdial:tuner': 'test' };
const REGION = 'eu-west-1';

export async function cloud(options: CloudOptions = {}): Promise<Cloud> {
  const { workflows = { powerdial: TUNER }, lambda = {}, intercept, recording } = options;
  const { machine = tuneStateMachine, host } = options;
  const target = await embeddedTarget({
    definition: { region: REGION, ...(host === undefined ? {} : { host }) },
    endpoint: lambda,
    ...(recording === undefined ? {} : { recording }),
  });
  const cpuOf = (name: string) => (name === TARGET_NAME ? 'recorded' : null);
  const states = await startStepFunctionsEndpoint({
    stateMachines: Object.entries(workflows).map(([name, tags]) =>
      machine({ lambdaUrl: target.url, region: REGION, cpuOf, name, tags }),
    ),
    region: REGION,
    ...(intercept === undefined ? {} : { intercept }),
  });
  const client = statesClient(states.url);
  const env = {
    AWS_ENDPOINT_URL_LAMBDA: target.url,
    AWS_ENDPOINT_URL_SFN: states.url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: target.url,
    // Arrows and ellipses whatever the machine's locale is.
    LC_ALL: 'C.UTF-8',
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  return {
    env,
    client,
    lambda: target.client,
    stateMachineArns: states.stateMachineArns,
    snapshot: () => snapshot(target.deps),
    start: (...args) => start(args, { env }),
    run: (...args) => start(args, { env }).ended,
    async entered(executionArn, stateName) {
      for (;;) {
        const { events = [] } = await client.send(
          new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
        );
        const names = events.map((event) => event.stateEnteredEventDetails?.name);
        if (names.includes(stateName)) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      client.destroy();
      await states.close();
      await target.close();
    },
  };
}

/** Invocations of versions never end: a run stays in Measure until somebody stops it. */
export const STUCK_IN_MEASURE: LambdaEndpointOptions = {
  intercept: ({ operation, qualifier }) =>
    operation === 'Invoke' && qualifier !== null && qualifier !== '$LATEST'
      ? { kind: 'hang', when: 'before' }
      : undefined,
};

/** Refuses an operation, as IAM does where no policy allows it. */
export function deny(...operations: readonly string[]): Intercept {
  return ({ operation, action, resource }) =>
    operations.includes(operation)
      ? {
          kind: 'answer',
          status: 400,
          code: 'AccessDeniedException',
          message: `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
        }
      : undefined;
}

/** The ARN of the execution that a command says it started. */
export function startedArn(stderr: string): string {
  const match = /^Started (arn:\S+)/m.exec(stderr);
  if (match?.[1] === undefined) throw new Error(`It did not say what it started:\n${stderr}`);
  return match[1];
}
