import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  describeExecution,
  listEndedExecutions,
  readEnteredStates,
  readExecutionStatus,
} from '../../src/aws/execution-calls.ts';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import type { ExecutionDescription } from '../../src/contract/shared/execution.ts';
import type { Json } from '../../src/contract/shared/json.ts';
import { STAGES, STORE_RESULT, type StageName } from '../../src/contract/tune/stages.ts';
import type { CloudWorld } from '../../src/cloud/cloud-world.ts';
import { stageHandler, type StageHandler } from '../../src/cloud/stage-handler.ts';
import { TUNE_IN_CLOUD } from '../../src/cloud/tune-in-cloud.ts';
import { TUNE } from '../../src/contract/tune/workflow.ts';
import {
  denied,
  type Fault,
  type Intercept,
  type InterceptedRequest,
  startStepFunctionsEndpoint,
  type TaskFunction,
} from '../../src/emulator/index.ts';
import { workflowDefinition } from '../../src/play/workflow-definition.ts';
import { allows } from '../infra/allows.ts';
import { Synthesized } from '../infra/synthesized.ts';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from '../flow/embedded-target.ts';
import { lambdaContext } from './lambda-context.ts';

export const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:jobs';

/** A tuner that may touch `orders`, and what a run of it may need besides. */
const TUNER = new Synthesized((stack) => ({
  functions: [LambdaFunction.fromFunctionName(stack, 'Orders', TARGET_NAME)],
  processors: [LambdaFunction.fromFunctionName(stack, 'Before', 'before')],
  payloadBuckets: [Bucket.fromBucketName(stack, 'Payloads', 'events')],
  queues: [Queue.fromQueueArn(stack, 'Jobs', QUEUE_ARN)],
}));
const NAME = String(TUNER.only('AWS::StepFunctions::StateMachine')['StateMachineName']);

/** One thing that a stage did: `Measure lambda:InvokeFunction arn:…:function:orders:1`. */
export interface Deed {
  readonly stage: StageName;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
}

/** Puts something in the way of a stage's request. */
export type FaultAt = (stage: StageName, request: InterceptedRequest) => Fault | undefined;

export interface DeployedWorkflow {
  readonly target: EmbeddedTarget;
  /** Everything that the stages asked of AWS, in order. */
  readonly deeds: readonly Deed[];
  /** Starts an execution and waits for its end. */
  readonly run: (name: string, input: Json) => Promise<ExecutionDescription>;
  /**
   * Starts an execution, stops it when a stage does something for the first time, and waits until nothing
   * of it is under way any more. As in the cloud, that stage goes on to its end.
   */
  readonly runUntil: (action: string, name: string, input: Json) => Promise<ExecutionDescription>;
  /** What was put into the results bucket: the arguments of `s3:PutObject`. */
  readonly stored: readonly Json[];
  /** Lets time pass for the stages, without waiting. */
  readonly letPass: (ms: number) => void;
  readonly stateMachineArn: string;
  /** The function of a stage, under the policy of its role. */
  readonly handlers: Readonly<Record<StageName, StageHandler>>;
  close(): Promise<void>;
}

/**
 * The workflow as it is deployed: the handlers of Lambda as Tasks, and every call that they make allowed
 * or denied by the policy in the template. Waiting takes no time.
 */
export async function deployedWorkflow(
  options: NonNullable<Parameters<typeof embeddedTarget>[0]> = {},
  faultAt: FaultAt = () => undefined,
): Promise<DeployedWorkflow> {
  const deeds: Deed[] = [];
  const stored: Json[] = [];
  const underWay = new Set<Promise<unknown>>();
  let aheadMs = 0;
  let onDeed: (deed: Deed) => void = () => undefined;
  // One stage is at work at a time: the workflow has no parallel branches.
  let stage: StageName | null = null;
  const judge = (action: string, resource: string): boolean => {
    if (stage === null) return true;
    const allowed = allows(TUNER.statementsOf(stage), action, resource);
    const deed = { stage, action, resource, allowed };
    deeds.push(deed);
    onDeed(deed);
    return allowed;
  };
  const intercept: Intercept = (request) => {
    const resource = resourceOf(request);
    if (!judge(request.action, resource)) {
      return { kind: 'answer', ...denied({ ...request, resource }) };
    }
    const fault = stage === null ? undefined : faultAt(stage, request);
    if (fault === undefined) return options.endpoint?.intercept?.(request);
    return fault.kind === 'act' ? { ...fault, act: () => byHand(fault.act) } : fault;
  };
  /** What somebody does with credentials of their own while a stage is at work. */
  const byHand = async (act: () => void | Promise<void>): Promise<void> => {
    const interrupted = stage;
    stage = null;
    await act();
    stage = interrupted;
  };
  const target = await embeddedTarget({
    ...options,
    definition: { region: 'eu-west-1', ...options.definition },
    endpoint: { ...options.endpoint, intercept },
  });
  const names = Object.keys(STAGES) as StageName[];
  const handlers = {} as Record<StageName, StageHandler>;
  const task =
    (name: StageName): TaskFunction =>
    async (input) =>
      (await handlers[name](input, lambdaContext(`${NAME}-${name}`, 900))) as Json;
  const states = await startStepFunctionsEndpoint({
    region: 'eu-west-1',
    stateMachines: [
      {
        name: NAME,
        definition: workflowDefinition(TUNE),
        open: () => ({
          tasks: {
            ...Object.fromEntries(names.map((name) => [STAGES[name].resource, task(name)])),
            [STORE_RESULT.resource]: (put) => {
              stored.push(put);
              return Promise.resolve({});
            },
          },
          afterwards: () => Promise.resolve(),
        }),
      },
    ],
  });
  const connection = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const sfn = new SFNClient({ ...connection, endpoint: states.url });
  const deps = lambdaDeps({ ...connection, endpoint: target.url });
  const asked: CloudWorld['describeExecution'] = async (arn) => {
    if (!judge('states:DescribeExecution', arn)) throw new Error(`denied: ${arn}`);
    return await describeExecution(sfn)(arn);
  };
  const world: CloudWorld = {
    depsFor: () => ({
      ...deps,
      readExecutionStatus: (arn) =>
        judge('states:DescribeExecution', arn)
          ? readExecutionStatus(() => sfn)(arn)
          : Promise.resolve(null),
      now: () => Date.now() + aheadMs,
      sleep: () => Promise.resolve(),
      onProgress: () => undefined,
      onCheckProgress: () => undefined,
    }),
    describeExecution: asked,
    listEndedExecutions: async (arn, ...which) => {
      if (!judge('states:ListExecutions', arn)) throw new Error(`denied: ${arn}`);
      return await listEndedExecutions(sfn)(arn, ...which);
    },
    readEnteredStates: async (arn) => {
      if (!judge('states:GetExecutionHistory', arn)) throw new Error(`denied: ${arn}`);
      return await readEnteredStates(sfn)(arn);
    },
  };
  for (const name of names) {
    const handler = stageHandler(TUNE_IN_CLOUD, name, world);
    handlers[name] = async (event, context) => {
      stage = name;
      const work = handler(event, context);
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
        stage = null;
      }
    };
  }
  const start = async (name: string, input: Json): Promise<string> => {
    const [stateMachineArn] = states.stateMachineArns;
    const { executionArn = '' } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
    return executionArn;
  };
  const ended = async (executionArn: string): Promise<ExecutionDescription> => {
    for (;;) {
      const described = await describeExecution(sfn)(executionArn);
      if (described.status !== 'RUNNING') return described;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    target,
    deeds,
    stored,
    handlers,
    letPass(ms) {
      aheadMs += ms;
    },
    stateMachineArn: states.stateMachineArns[0] ?? '',
    run: async (name, input) => ended(await start(name, input)),
    async runUntil(action, name, input) {
      const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:${NAME}:${name}`;
      const stopping: Promise<unknown>[] = [];
      onDeed = (deed) => {
        if (deed.action !== action || stopping.length > 0) return;
        stopping.push(sfn.send(new StopExecutionCommand({ executionArn })));
      };
      await start(name, input);
      const described = await ended(executionArn);
      await Promise.all(stopping);
      await Promise.allSettled(underWay);
      onDeed = () => undefined;
      return described;
    },
    async close() {
      await states.close();
      sfn.destroy();
      deps.close();
      await target.close();
    },
  };
}

/** The endpoint does not know whose account a log group is in. */
function resourceOf({ resource }: InterceptedRequest): string {
  return resource.replace('arn:aws:logs:*:*', 'arn:aws:logs:eu-west-1:123456789012');
}
