import type { Stack } from 'aws-cdk-lib';
import {
  Alias,
  Function as LambdaFunction,
  Version,
  type IFunction,
  type IVersion,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test, vi } from 'vitest';
import { STAGES, type StageName } from '../../src/contract/tune/stages.ts';
import { allows } from './allows.ts';
import { PATIENCE_MS } from './patience.ts';
import { HERE, Synthesized, type Statement } from './synthesized.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

const STAGE_NAMES = Object.keys(STAGES) as StageName[];
const ORDERS = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
const OTHER = 'arn:aws:lambda:eu-west-1:123456789012:function:other';

const nothing = new Synthesized();
const one = new Synthesized((stack) => ({
  functions: [LambdaFunction.fromFunctionName(stack, 'Orders', 'orders')],
}));
const everything = new Synthesized({ allowAllFunctions: true });
const name = String(one.only('AWS::StepFunctions::StateMachine')['StateMachineName']);
const EXECUTION = `arn:aws:states:eu-west-1:123456789012:execution:${name}:run-1`;

function fromArn(stack: Stack, arn: string): IFunction {
  return LambdaFunction.fromFunctionArn(stack, 'Function', arn);
}

function versionOf(stack: Stack): IVersion {
  return new Version(stack, 'Seven', { lambda: fromArn(stack, ORDERS) }) as IVersion;
}

/** The stages that may do something. */
function who(action: string, resource: string, tuner: Synthesized = one): readonly StageName[] {
  return STAGE_NAMES.filter((stage) => allows(tuner.statementsOf(stage), action, resource));
}

/** The actions of a role, without writing its own log and its own traces. */
function actionsOf(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ actions }) => !actions.every((each) => /^(logs:(Create|Put)|xray:Put)/.test(each)))
    .flatMap(({ actions }) => actions);
}

describe('the stages, with one function allowed', () => {
  test('nobody may delete the function', () => {
    expect(who('lambda:DeleteFunction', ORDERS)).toEqual([]);
    expect(who('lambda:DeleteFunction', ORDERS, everything)).toEqual([]);
  });

  test('CleanUp, and Inspect after dead runs, may delete its versions', () => {
    expect(who('lambda:DeleteFunction', `${ORDERS}:7`)).toEqual(['Inspect', 'CleanUp']);
    expect(who('lambda:DeleteFunction', `${ORDERS}:7`, everything)).toEqual(['Inspect', 'CleanUp']);
  });

  test('ReadHistory may query the log groups and stop a query, and nothing else', () => {
    const statements = one.statementsOf('ReadHistory');
    expect(actionsOf(statements).toSorted()).toEqual([
      'logs:GetQueryResults',
      'logs:StartQuery',
      'logs:StopQuery',
    ]);
    const onEverything = statements.filter(({ resources }) => resources.includes('*'));
    expect(actionsOf(onEverything)).toEqual(['logs:StopQuery']);
  });

  test('Plan and Recommend may call nothing', () => {
    for (const tuner of [one, everything]) {
      expect(actionsOf(tuner.statementsOf('Plan'))).toEqual([]);
      expect(actionsOf(tuner.statementsOf('Recommend'))).toEqual([]);
    }
  });

  test('Inspect may invoke the function as it is, and no version of it', () => {
    expect(who('lambda:InvokeFunction', ORDERS)).toEqual(['Inspect']);
  });

  test('Measure may invoke versions, and not the function as it is', () => {
    expect(who('lambda:InvokeFunction', `${ORDERS}:7`)).toEqual(['Measure']);
  });

  test('Measure may invoke, search logs, say how queued invocations are repeated, and nothing else', () => {
    expect([...new Set(actionsOf(one.statementsOf('Measure')))].toSorted()).toEqual([
      'lambda:InvokeFunction',
      'lambda:PutFunctionEventInvokeConfig',
      'logs:FilterLogEvents',
      'states:DescribeExecution',
    ]);
  });

  test('Measure may say how queued invocations of a version are repeated, whichever ARN AWS checks', () => {
    expect(who('lambda:PutFunctionEventInvokeConfig', `${ORDERS}:7`)).toEqual(['Measure']);
    expect(who('lambda:PutFunctionEventInvokeConfig', ORDERS)).toEqual(['Measure']);
  });

  test('Restore may set the function and read its versions, and nothing else', () => {
    expect(actionsOf(one.statementsOf('Restore')).toSorted()).toEqual([
      'lambda:GetFunctionConfiguration',
      'lambda:GetFunctionConfiguration',
      'lambda:UpdateFunctionConfiguration',
    ]);
  });

  test('only stages that set the target or put it back may change its configuration', () => {
    expect(who('lambda:UpdateFunctionConfiguration', ORDERS)).toEqual([
      'Inspect',
      'SetMemory',
      'Restore',
      'CleanUp',
      'Apply',
    ]);
  });

  test('only SetMemory and Apply may publish', () => {
    expect(who('lambda:PublishVersion', ORDERS)).toEqual(['SetMemory', 'Apply']);
  });

  test('only Apply may make or point an alias, which AWS checks on the unqualified ARN', () => {
    expect(who('lambda:UpdateAlias', ORDERS)).toEqual(['Apply']);
    expect(who('lambda:CreateAlias', ORDERS)).toEqual(['Apply']);
  });

  test('nobody may change code, policy, concurrency or aliases otherwise', () => {
    const actions = new Set(STAGE_NAMES.flatMap((stage) => actionsOf(one.statementsOf(stage))));
    const changing = [...actions].filter((each) => !/:(Get|List|Describe|Filter)/.test(each));
    // Queries change nothing: they read logs.
    const ofQueries = ['logs:StartQuery', 'logs:StopQuery'];
    expect(
      changing.filter((each) => !each.startsWith('sqs:') && !ofQueries.includes(each)).toSorted(),
    ).toEqual([
      'lambda:CreateAlias',
      'lambda:DeleteFunction',
      'lambda:InvokeFunction',
      'lambda:PublishVersion',
      'lambda:PutFunctionEventInvokeConfig',
      'lambda:UpdateAlias',
      'lambda:UpdateFunctionConfiguration',
    ]);
  });

  test('no action is written with a wildcard', () => {
    const actions = STAGE_NAMES.flatMap((stage) => one.statementsOf(stage)).flatMap(
      (statement) => statement.actions,
    );
    expect(actions.filter((each) => each.includes('*'))).toEqual([]);
  });

  test('nobody may touch another function', () => {
    for (const stage of STAGE_NAMES) {
      const actions = actionsOf(one.statementsOf(stage)).filter((each) => !onlyOnAll(each));
      for (const action of actions) {
        for (const other of [OTHER, `${OTHER}:1`, `${ORDERS}2`, `${ORDERS}2:1`]) {
          expect(allows(one.statementsOf(stage), action, other), `${stage} ${action}`).toBe(false);
        }
      }
    }
  });

  test('Inspect and Measure may search the log group of the function, ReadHistory may query it, and nobody another', () => {
    const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda';
    expect(who('logs:FilterLogEvents', `${group}/orders:log-stream:`)).toEqual([
      'Inspect',
      'Measure',
    ]);
    expect(who('logs:FilterLogEvents', `${group}/other:log-stream:`)).toEqual([]);
    expect(who('logs:StartQuery', `${group}/orders:log-stream:`)).toEqual(['ReadHistory']);
    expect(who('logs:StartQuery', `${group}/other:log-stream:`)).toEqual([]);
  });
});

/** What AWS grants on `*` only. */
function onlyOnAll(action: string): boolean {
  return [
    'lambda:GetAccountSettings',
    'lambda:ListEventSourceMappings',
    'logs:DescribeQueries',
    'logs:StopQuery',
  ].includes(action);
}

describe('what stands on *', () => {
  test('is what AWS grants on nothing narrower', () => {
    for (const tuner of [nothing, one, everything]) {
      const found = STAGE_NAMES.flatMap((stage) => tuner.statementsOf(stage))
        .filter((statement) => statement.resources.includes('*'))
        .flatMap((statement) => statement.actions);
      expect([...new Set(found)].toSorted()).toEqual([
        'lambda:GetAccountSettings',
        'lambda:ListEventSourceMappings',
        'logs:DescribeQueries',
        'logs:StopQuery',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ]);
    }
  });

  test('is Inspect’s alone, but for traces, ReadHistory’s way to stop its query and CleanUp’s to find and stop it', () => {
    expect(who('logs:StopQuery', '*')).toEqual(['ReadHistory', 'CleanUp']);
    expect(who('logs:DescribeQueries', '*')).toEqual(['CleanUp']);
    expect(who('lambda:GetAccountSettings', '*')).toEqual(['Inspect']);
    expect(who('lambda:ListEventSourceMappings', '*')).toEqual(['Inspect']);
  });

  test('Measure writes no traces: its targets would be traced with it', () => {
    expect(who('xray:PutTraceSegments', '*')).toEqual(
      STAGE_NAMES.filter((stage) => stage !== 'Measure'),
    );
    expect(one.functionOf('Measure')['TracingConfig']).toBeUndefined();
    for (const stage of STAGE_NAMES.filter((each) => each !== 'Measure')) {
      expect(one.functionOf(stage)['TracingConfig'], stage).toEqual({ Mode: 'Active' });
    }
  });
});

describe('executions', () => {
  test('CleanUp, those who meet another run’s mark, and Measure for its own may ask for this state machine’s', () => {
    expect(who('states:DescribeExecution', EXECUTION)).toEqual([
      'Inspect',
      'SetMemory',
      'Measure',
      'CleanUp',
    ]);
  });

  test('CleanUp alone reads how far one came', () => {
    expect(who('states:GetExecutionHistory', EXECUTION)).toEqual(['CleanUp']);
  });

  test('CleanUp alone lists those of this state machine, for the sweep', () => {
    const machine = `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;
    expect(who('states:ListExecutions', machine)).toEqual(['CleanUp']);
    expect(who('states:ListExecutions', `${machine}2`)).toEqual([]);
  });

  test('nobody may ask for another state machine’s', () => {
    const other = 'arn:aws:states:eu-west-1:123456789012:execution:other:run-1';
    expect(who('states:DescribeExecution', other)).toEqual([]);
    expect(who('states:DescribeExecution', EXECUTION.replace(name, `${name}2`))).toEqual([]);
  });

  test('nobody may start or stop one', () => {
    for (const action of ['states:StartExecution', 'states:StopExecution']) {
      expect(who(action, EXECUTION)).toEqual([]);
    }
  });
});

describe('the state machine', () => {
  const own = STAGE_NAMES.map(
    (stage) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}-${stage}`,
  );

  test('may invoke its own functions', () => {
    for (const arn of own) {
      expect(allows(one.statementsOfWorkflow(), 'lambda:InvokeFunction', arn), arn).toBe(true);
    }
  });

  test('may invoke no other function, not even the ones that are tuned', () => {
    const [invoke, ...more] = one
      .statementsOfWorkflow()
      .filter((statement) => statement.actions.some((each) => each.startsWith('lambda:')));
    expect(more).toEqual([]);
    expect(invoke?.resources.toSorted()).toEqual(own.toSorted());
    expect(allows(everything.statementsOfWorkflow(), 'lambda:InvokeFunction', ORDERS)).toBe(false);
  });

  test('may otherwise put results into their bucket, and deliver its log and its traces', () => {
    const others = one
      .statementsOfWorkflow()
      .flatMap((statement) => statement.actions)
      .filter((each) => !each.startsWith('lambda:'));
    expect(others.filter((each) => !/^(logs|xray):/.test(each))).toEqual(['s3:PutObject']);
  });
});

describe('functions must be allowed', () => {
  test('without any, no stage may touch any', () => {
    for (const stage of STAGE_NAMES) {
      const actions = actionsOf(nothing.statementsOf(stage));
      const onFunctions = actions.filter(
        (each) => /^(lambda|logs):/.test(each) && !onlyOnAll(each),
      );
      expect(onFunctions, stage).toEqual([]);
    }
  });

  test('all of them only when asked for', () => {
    expect(who('lambda:UpdateFunctionConfiguration', OTHER)).toEqual([]);
    expect(who('lambda:UpdateFunctionConfiguration', OTHER, everything)).toHaveLength(5);
  });

  test('`allow` does what `functions` does', () => {
    const later = new Synthesized(
      {},
      {
        then: (tuner, stack) => {
          tuner.allow(LambdaFunction.fromFunctionName(stack, 'Orders', 'orders'));
        },
      },
    );
    for (const stage of STAGE_NAMES) {
      expect(later.statementsOf(stage), stage).toEqual(one.statementsOf(stage));
    }
  });

  test.each<[string, (stack: Stack) => IFunction]>([
    ['a qualified ARN', (stack) => fromArn(stack, `${ORDERS}:live`)],
    ['a version', (stack) => versionOf(stack)],
    [
      'an alias',
      (stack) =>
        new Alias(stack, 'Live', { aliasName: 'live', version: versionOf(stack) }) as IFunction,
    ],
  ])('of %s, the function that it belongs to is allowed', (_what, fn) => {
    const tuner = new Synthesized((stack) => ({ functions: [fn(stack)] }));
    expect(who('lambda:UpdateFunctionConfiguration', ORDERS, tuner)).toHaveLength(5);
    expect(who('lambda:InvokeFunction', `${ORDERS}:7`, tuner)).toEqual(['Measure']);
  });

  test('a function of another region keeps its region', () => {
    const far = ORDERS.replace('eu-west-1', 'ap-south-1');
    const tuner = new Synthesized((stack) => ({ functions: [fromArn(stack, far)] }));
    expect(who('lambda:UpdateFunctionConfiguration', far, tuner)).toHaveLength(5);
    expect(who('lambda:UpdateFunctionConfiguration', ORDERS, tuner)).toEqual([]);
    const group = 'arn:aws:logs:ap-south-1:123456789012:log-group:/aws/lambda/orders:log-stream:';
    expect(who('logs:FilterLogEvents', group, tuner)).toEqual(['Inspect', 'Measure']);
  });
});

test.each([
  ['aws', 'eu-west-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
])('in the partition %s every ARN is of that partition', (partition, region) => {
  const tuner = new Synthesized(
    (stack) => ({
      functions: [LambdaFunction.fromFunctionName(stack, 'Orders', 'orders')],
      allowAllFunctions: true,
    }),
    { place: { partition, region, account: '123456789012' } },
  );
  const granted = [
    ...STAGE_NAMES.flatMap((stage) => tuner.statementsOf(stage)),
    ...tuner.statementsOfWorkflow(),
  ].flatMap((each) => each.resources);
  expect(granted.filter((each) => each.startsWith(`arn:${partition}:`)).length).toBeGreaterThan(40);
  const arns = JSON.stringify(tuner.all()).match(/arn:aws[a-z-]*:/g) ?? [];
  expect([...new Set(arns)]).toEqual([`arn:${partition}:`]);
});

describe('what a run may need besides', () => {
  const tuner = new Synthesized((stack) => ({
    processors: [LambdaFunction.fromFunctionName(stack, 'Before', 'before')],
    payloadBuckets: [Bucket.fromBucketName(stack, 'Payloads', 'events')],
    queues: [Queue.fromQueueArn(stack, 'Jobs', `arn:aws:sqs:${HERE.region}:${HERE.account}:jobs`)],
  }));

  test('Measure calls processors, with a version or without', () => {
    const before = OTHER.replace('other', 'before');
    expect(who('lambda:InvokeFunction', before, tuner)).toEqual(['Measure']);
    expect(who('lambda:InvokeFunction', `${before}:live`, tuner)).toEqual(['Measure']);
  });

  test('Inspect and Measure read payloads', () => {
    const key = 'arn:aws:s3:::events/order.json';
    expect(who('s3:GetObject', key, tuner)).toEqual(['Inspect', 'Measure']);
    expect(who('s3:GetObject', 'arn:aws:s3:::other/order.json', tuner)).toEqual([]);
    expect(who('s3:PutObject', key, tuner)).toEqual([]);
  });

  test('Inspect reads attributes of the queues that are named', () => {
    const jobs = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
    expect(who('sqs:GetQueueAttributes', jobs, tuner)).toEqual(['Inspect']);
    expect(who('sqs:GetQueueAttributes', `${jobs}2`, tuner)).toEqual([]);
  });
});
