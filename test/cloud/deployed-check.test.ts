import { PublishVersionCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, expect, test, vi } from 'vitest';
import { CHECK_PERMISSIONS } from '../../infra/check-permissions.ts';
import { PerformanceCheck } from '../../infra/performance-check.ts';
import { CHECK_STAGES, type CheckStageName } from '../../src/contract/check/check-stages.ts';
import type { Json } from '../../src/contract/shared/json.ts';
import { CHECK_IN_CLOUD } from '../../src/cloud/check-in-cloud.ts';
import { stageHandler } from '../../src/cloud/stage-handler.ts';
import { CHECK } from '../../src/contract/check/workflow.ts';
import { workflowDefinition } from '../../src/play/workflow-definition.ts';
import {
  denied,
  type Intercept,
  type InterceptedRequest,
  playWorkflow,
  type TaskFunction,
  type WorkflowOutcome,
} from '../../src/emulator/index.ts';
import { readCheckOutput, type CheckOutput } from '../../src/stages/check/check-codec.ts';
import { embeddedTarget, snapshot, TARGET_NAME } from '../flow/embedded-target.ts';
import { spreadHost } from '../flow/spread-host.ts';
import { allows } from '../infra/allows.ts';
import { SynthesizedStack } from '../infra/synthesized.ts';
import { lambdaContext } from './lambda-context.ts';

beforeAll(() => {
  // Logs have tests of their own.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

const STAGE_NAMES = Object.keys(CHECK_STAGES) as CheckStageName[];
const DEPLOYED = new SynthesizedStack((stack) => {
  new PerformanceCheck(stack, 'Check', {
    functions: [LambdaFunction.fromFunctionName(stack, 'Orders', TARGET_NAME)],
  });
});

const MACHINE = String(DEPLOYED.only('AWS::StepFunctions::StateMachine')['StateMachineName']);

interface Played {
  readonly outcome: WorkflowOutcome;
  /** `Measure lambda:InvokeFunction`, each once. */
  readonly deeds: ReadonlySet<string>;
  readonly denials: readonly string[];
}

/** Plays the check with the handlers of Lambda, every call allowed or denied by its role's policy. */
async function play(input: Json, reserved: number | null = null): Promise<Played> {
  const deeds = new Set<string>();
  const denials: string[] = [];
  let stage: CheckStageName | null = null;
  const intercept: Intercept = (request) => {
    if (stage === null) return undefined;
    const resource = resourceOf(request);
    if (judge(request.action, resource)) return undefined;
    return { kind: 'answer', ...denied({ ...request, resource }) };
  };
  const judge = (action: string, resource: string): boolean => {
    const allowed = allows(DEPLOYED.statementsOf(`Check${stage ?? ''}`), action, resource);
    if (allowed) deeds.add(`${stage ?? ''} ${action}`);
    else denials.push(`${stage ?? ''} ${action} ${resource}`);
    return allowed;
  };
  const target = await embeddedTarget({
    definition: { region: 'eu-west-1', host: spreadHost(100) },
    endpoint: { intercept },
  });
  try {
    await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
    if (reserved !== null) {
      const command = { FunctionName: TARGET_NAME, ReservedConcurrentExecutions: reserved };
      await target.client.send(new PutFunctionConcurrencyCommand(command));
    }
    const before = await snapshot(target.deps);
    const depsFor = () => ({
      ...target.deps,
      readExecutionStatus: (arn: string) => {
        judge('states:DescribeExecution', arn);
        return Promise.resolve('RUNNING');
      },
      now: Date.now,
      sleep: () => Promise.resolve(),
      onCheckProgress: () => undefined,
    });
    const task =
      (name: CheckStageName): TaskFunction =>
      async (state) => {
        stage = name;
        try {
          const handler = stageHandler(CHECK_IN_CLOUD, name, { depsFor });
          return (await handler(state, lambdaContext(name, 900))) as Json;
        } finally {
          stage = null;
        }
      };
    const outcome = await playWorkflow({
      definition: workflowDefinition(CHECK),
      input,
      execution: {
        name: 'check-1',
        id: `arn:aws:states:eu-west-1:123456789012:execution:${MACHINE}:check-1`,
      },
      tasks: Object.fromEntries(
        STAGE_NAMES.map((name) => [CHECK_STAGES[name].resource, task(name)]),
      ),
    });
    expect(await snapshot(target.deps)).toEqual(before);
    return { outcome, deeds, denials };
  } finally {
    await target.close();
  }
}

/** The endpoint does not know whose account a log group is in. */
function resourceOf({ resource }: InterceptedRequest): string {
  return resource.replace('arn:aws:logs:*:*', 'arn:aws:logs:eu-west-1:123456789012');
}

const SIDES = {
  base: { function: TARGET_NAME, qualifier: '1' },
  head: { function: TARGET_NAME },
};

test('a check that is started by hand needs two sides, and without rules judges duration, cost and errors', async () => {
  const { outcome } = await play(SIDES);
  if (outcome.status !== 'SUCCEEDED') throw new Error(JSON.stringify(outcome));
  const result = readCheckOutput(outcome.output as unknown as CheckOutput);
  expect(result.metrics.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['duration.p50', 'within-noise'],
    ['cost', 'within-noise'],
    ['errors', 'pass'],
  ]);
});

test('a deployed check needs no more than its policies, and all of them', async () => {
  // Of a function without a reservation the account's is read, of one with it what is provisioned.
  const plays = [await play(SIDES), await play(SIDES, 100)];
  expect(plays.flatMap(({ denials }) => denials)).toEqual([]);
  const permitted = STAGE_NAMES.flatMap((name) =>
    CHECK_PERMISSIONS[name].flatMap(({ actions }) => actions.map((action) => `${name} ${action}`)),
  );
  const done = new Set(plays.flatMap(({ deeds }) => [...deeds]));
  expect([...done].toSorted()).toEqual([...new Set(permitted)].toSorted());
});

test('a function that the deployment does not name is refused with the permission that is missing', async () => {
  const { outcome } = await play({ head: { function: 'payments' } });
  expect(outcome).toMatchObject({
    status: 'FAILED',
    error: 'PermissionMissing',
    cause: expect.stringMatching(/lambda:GetFunctionConfiguration on .*payments/) as unknown,
  });
});

test('a wrong input fails in the first state with all problems in the cause', async () => {
  const { outcome } = await play({ heads: {}, falseAlarmRate: 2 });
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  const { cause = '' } = outcome as { readonly cause?: string };
  expect(cause).toContain('heads');
  expect(cause).toContain('head');
  expect(cause).toContain('falseAlarmRate');
});
