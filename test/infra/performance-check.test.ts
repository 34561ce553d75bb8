import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import definition from '#state-machine/check.asl.json' with { type: 'json' };
import { PerformanceCheck } from '../../infra/performance-check.ts';
import { CHECK_STAGES, type CheckStageName } from '../../src/contract/check/check-stages.ts';
import { allows } from './allows.ts';
import { PATIENCE_MS } from './patience.ts';
import { SynthesizedStack } from './synthesized.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

const STAGE_NAMES = Object.keys(CHECK_STAGES) as CheckStageName[];
const FN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

const deployed = new SynthesizedStack((stack) => {
  const check = new PerformanceCheck(stack, 'Check', {
    functions: [LambdaFunction.fromFunctionName(stack, 'Orders', 'orders')],
  });
  const assumedBy = new ServicePrincipal('codebuild.amazonaws.com');
  check.grantRun(new Role(stack, 'Ci', { assumedBy }));
});
const machine = deployed.only('AWS::StepFunctions::StateMachine');

test('the state machine is the definition as it is, found by its tag, not taken for a tuner', () => {
  expect(JSON.parse(String(machine['DefinitionString']))).toEqual(definition);
  expect(machine['StateMachineName']).toMatch(/^powerdial-check-[0-9a-f]{8}$/);
  const keys = (machine['Tags'] as readonly { Key: string }[]).map(({ Key }) => Key);
  expect(keys).toContain('powerdial:check');
  expect(keys).not.toContain('powerdial:tuner');
});

test.each(STAGE_NAMES)(
  '%s has a function with a role of its own, and Lambda ends it 5 s before its Task is given up',
  (stage) => {
    const fn = deployed.functionOf(`Check${stage}`);
    expect(fn).toMatchObject({
      Architectures: ['arm64'],
      Timeout: definition.States[stage].TimeoutSeconds - 5,
    });
    const substitutions = machine['DefinitionSubstitutions'] as Record<string, string>;
    expect(substitutions[CHECK_STAGES[stage].resource.slice(2, -1)]).toMatch(
      `:${String(fn['FunctionName'])}`,
    );
    const others = STAGE_NAMES.filter((each) => each !== stage);
    for (const other of others) {
      expect(deployed.functionOf(`Check${other}`)['Role']).not.toEqual(fn['Role']);
    }
  },
);

describe('what a check may do', () => {
  const who = (action: string, resource: string): readonly string[] =>
    STAGE_NAMES.filter((stage) => allows(deployed.statementsOf(`Check${stage}`), action, resource));

  test('Inspect and Measure invoke the function, its versions and aliases, and no other', () => {
    for (const arn of [FN, `${FN}:7`, `${FN}:live`]) {
      expect(who('lambda:InvokeFunction', arn), arn).toEqual(['Inspect', 'Measure']);
    }
    expect(who('lambda:InvokeFunction', `${FN}-2`)).toEqual([]);
  });

  test.each([
    'lambda:UpdateFunctionConfiguration',
    'lambda:PublishVersion',
    'lambda:DeleteFunction',
    'lambda:UpdateAlias',
    'lambda:PutFunctionEventInvokeConfig',
    's3:GetObject',
  ])('nobody may %s', (action) => {
    expect(who(action, FN)).toEqual([]);
    expect(who(action, `${FN}:7`)).toEqual([]);
  });

  test('Measure alone searches the log group of the function', () => {
    const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders:log-stream:x';
    expect(who('logs:FilterLogEvents', group)).toEqual(['Measure']);
  });

  test('the state machine invokes its own stages and nothing else', () => {
    const invoked = deployed
      .statementsOfWorkflow()
      .filter(({ actions }) => actions.some((action) => action.startsWith('lambda:')));
    const names = STAGE_NAMES.map((stage) => deployed.functionOf(`Check${stage}`)['FunctionName']);
    expect(invoked.flatMap(({ resources }) => resources).toSorted()).toEqual(
      names
        .map((name) => `arn:aws:lambda:eu-west-1:123456789012:function:${String(name)}`)
        .toSorted(),
    );
    expect(JSON.stringify(deployed.statementsOfWorkflow())).not.toContain('s3:');
  });

  test('who runs checks may start, follow and stop them, and touch no function', () => {
    const granted = deployed
      .all('AWS::IAM::Policy')
      .find((each) => JSON.stringify(each['Roles']).includes('Ci'));
    const name = String(machine['StateMachineName']);
    const { Statement } = granted?.['PolicyDocument'] as { Statement: unknown[] };
    expect(Statement).toHaveLength(2);
    expect(Statement).toContainEqual({
      Action: 'states:StartExecution',
      Effect: 'Allow',
      Resource: `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`,
    });
    expect(Statement).toContainEqual({
      Action: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'],
      Effect: 'Allow',
      Resource: `arn:aws:states:eu-west-1:123456789012:execution:${name}:*`,
    });
  });
});

test('names of the longest prefix fit into the 64 characters of a function', () => {
  const longest = new SynthesizedStack((stack) => {
    new PerformanceCheck(stack, 'Check', { namePrefix: 'a'.repeat(40) });
  });
  for (const stage of STAGE_NAMES) {
    expect(String(longest.functionOf(`Check${stage}`)['FunctionName']).length).toBeLessThanOrEqual(
      64,
    );
  }
});
