import { Duration } from 'aws-cdk-lib';
import { SubnetType, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test, vi } from 'vitest';
import packageJson from '#package.json' with { type: 'json' };
import definition from '#state-machine/tune.asl.json' with { type: 'json' };
import { STAGES, type StageName } from '../../src/contract/tune/stages.ts';
import { MEASURE_MEMORY_MB } from '../../src/contract/shared/tuner.ts';
import { allows } from './allows.ts';
import { PATIENCE_MS } from './patience.ts';
import { Synthesized } from './synthesized.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

const STAGE_NAMES = Object.keys(STAGES) as StageName[];
const plain = new Synthesized();
const machine = plain.only('AWS::StepFunctions::StateMachine');

describe('the stages’ functions', () => {
  test('are one for each stage, from one bundle, and there are no others', () => {
    const functions = plain.all('AWS::Lambda::Function');
    expect(functions).toHaveLength(STAGE_NAMES.length);
    expect(new Set(functions.map((each) => JSON.stringify(each['Code']))).size).toBe(1);
  });

  test.each(STAGE_NAMES)(
    '%s runs on arm64 with Node, and Lambda ends it 5 s before its Task is given up',
    (stage) => {
      const fn = plain.functionOf(stage);
      expect(fn).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        Timeout: definition.States[stage].TimeoutSeconds - 5,
        LoggingConfig: { LogFormat: 'JSON' },
      });
      // What a run of them can cost at most goes by Measure's.
      expect(fn['MemorySize']).toBeLessThanOrEqual(MEASURE_MEMORY_MB);
    },
  );

  test('each has a role of its own', () => {
    const roles = STAGE_NAMES.map((stage) => plain.functionOf(stage)['Role']);
    expect(new Set(roles).size).toBe(STAGE_NAMES.length);
  });

  test('each may write its own log, and no other', () => {
    for (const stage of STAGE_NAMES) {
      const own = `arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/${String(machine['StateMachineName'])}-${stage}:*`;
      const written = plain
        .statementsOf(stage)
        .filter(({ actions }) => actions.includes('logs:PutLogEvents'))
        .flatMap(({ resources }) => resources);
      expect(written, stage).toEqual([own]);
    }
  });
});

describe('the state machine', () => {
  test('is the definition as it is, with a function for every placeholder', () => {
    expect(JSON.parse(String(machine['DefinitionString']))).toEqual(definition);
    const placeholders = String(machine['DefinitionString']).match(/(?<=\$\{)\w+(?=\})/g) ?? [];
    const substitutions = machine['DefinitionSubstitutions'] as Record<string, string>;
    expect(Object.keys(substitutions).toSorted()).toEqual([...new Set(placeholders)].toSorted());
    for (const stage of STAGE_NAMES) {
      const { FunctionName } = plain.functionOf(stage);
      expect(substitutions[STAGES[stage].resource.slice(2, -1)]).toMatch(
        `:${String(FunctionName)}`,
      );
    }
  });

  test('is a Standard one, ends by itself, is traced, and logs all events without their data', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
    expect(definition.TimeoutSeconds).toBeLessThanOrEqual(86_400);
    expect(JSON.stringify(machine['LoggingConfiguration'])).toContain(
      'log-group:/aws/vendedlogs/states/',
    );
  });

  test('is found by the prefix of its name and by its tag', () => {
    expect(machine['StateMachineName']).toMatch(/^powerdial-[0-9a-f]{8}$/);
    expect(machine['Tags']).toContainEqual({
      Key: 'powerdial:tuner',
      Value: packageJson.version,
    });
  });
});

describe('the rule', () => {
  const [rule = {}, ...otherRules] = plain
    .all('AWS::Events::Rule')
    .filter((each) => each['EventPattern'] !== undefined);
  const targets = rule['Targets'] as readonly { Arn: string; DeadLetterConfig: { Arn: string } }[];
  const deadLetters = targets[0]?.DeadLetterConfig.Arn;

  test('hears of executions of this state machine that did not end well', () => {
    expect(otherRules).toEqual([]);
    const { stateMachineArn, status } = (
      rule['EventPattern'] as { detail: { stateMachineArn: string[]; status: string[] } }
    ).detail;
    expect(stateMachineArn).toEqual([
      `arn:aws:states:eu-west-1:123456789012:stateMachine:${String(machine['StateMachineName'])}`,
    ]);
    expect(status.toSorted()).toEqual(['ABORTED', 'FAILED', 'TIMED_OUT']);
  });

  test('runs CleanUp at once, and by a queue again when every stage has ended', () => {
    const cleanUp = String(plain.functionOf('CleanUp')['FunctionName']);
    expect(targets.map(({ Arn }) => Arn.split(':')[2])).toEqual(['lambda', 'sqs']);
    expect(targets[0]?.Arn).toMatch(`:function:${cleanUp}`);
    const longestSeconds = Math.max(
      ...STAGE_NAMES.filter((stage) => stage !== 'Measure').map(
        (stage) => definition.States[stage].TimeoutSeconds,
      ),
    );
    const queue = plain
      .all('AWS::SQS::Queue')
      .find((each) => each['DelaySeconds'] !== undefined) as { DelaySeconds: number };
    expect(queue.DelaySeconds).toBeGreaterThan(longestSeconds);
    expect(plain.only('AWS::Lambda::EventSourceMapping')).toMatchObject({
      BatchSize: 1,
      EventSourceArn: targets[1]?.Arn,
      FunctionName: cleanUp,
    });
  });

  test('has a schedule beside it, for events that were never delivered', () => {
    const [schedule, ...more] = plain
      .all('AWS::Events::Rule')
      .filter((each) => each['ScheduleExpression'] !== undefined);
    expect(more).toEqual([]);
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      State: 'ENABLED',
      Targets: [
        {
          Arn: targets[0]?.Arn,
          DeadLetterConfig: { Arn: deadLetters },
          Input: JSON.stringify({
            sweep: {
              stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${String(machine['StateMachineName'])}`,
            },
          }),
        },
      ],
    });
  });

  test('keeps what could not be put back: of both ways, and of deliveries that failed', () => {
    expect(targets.map((each) => each.DeadLetterConfig.Arn)).toEqual([deadLetters, deadLetters]);
    expect(plain.only('AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    });
    const redriven = plain.all('AWS::SQS::Queue').flatMap((each) => each['RedrivePolicy'] ?? []);
    expect(redriven).toEqual([{ deadLetterTargetArn: deadLetters, maxReceiveCount: 7 }]);
  });

  test('raises an alarm at the first that is kept', () => {
    expect(plain.only('AWS::CloudWatch::Alarm')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      // A queue that nobody uses has no metric, and may hold messages all the same.
      TreatMissingData: 'ignore',
    });
  });

  test('tells a topic, where there is one', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:alarms';
    const tuner = new Synthesized((stack) => ({
      alarmTopic: Topic.fromTopicArn(stack, 'Alarms', topicArn),
    }));
    expect(tuner.only('AWS::CloudWatch::Alarm')['AlarmActions']).toEqual([topicArn]);
  });
});

describe('the results bucket', () => {
  test('is private, encrypted, over TLS only, and forgets after 90 days', () => {
    expect(plain.only('AWS::S3::Bucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
    const { Statement } = plain.only('AWS::S3::BucketPolicy')['PolicyDocument'] as {
      Statement: unknown[];
    };
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });
});

describe('what a deployment may set', () => {
  test('a permissions boundary and a path hold for every role', () => {
    const arn = 'arn:aws:iam::123456789012:policy/boundary';
    const tuner = new Synthesized((stack) => ({
      permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', arn),
      rolePath: '/tools/',
    }));
    const roles = tuner.all('AWS::IAM::Role');
    expect(roles).toHaveLength(STAGE_NAMES.length + 1);
    for (const role of roles) {
      expect(role).toMatchObject({ PermissionsBoundary: arn, Path: '/tools/' });
    }
  });

  test('how long logs and results are kept', () => {
    const tuner = new Synthesized({
      logRetention: RetentionDays.THREE_DAYS,
      resultsRetention: Duration.days(7),
    });
    const groups = tuner.all('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(STAGE_NAMES.length + 1);
    for (const group of groups) expect(group['RetentionInDays']).toBe(3);
    expect(tuner.only('AWS::S3::Bucket')).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 7 }] },
    });
  });

  test('x86_64 for every stage, where a region has no arm64', () => {
    const tuner = new Synthesized({ architecture: Architecture.X86_64 });
    for (const stage of STAGE_NAMES) {
      expect(tuner.functionOf(stage)['Architectures'], stage).toEqual(['x86_64']);
    }
  });

  test('another prefix names everything', () => {
    const tuner = new Synthesized({ namePrefix: 'team-a' });
    expect(tuner.only('AWS::StepFunctions::StateMachine')['StateMachineName']).toMatch(/^team-a-/);
    for (const stage of STAGE_NAMES) {
      expect(tuner.functionOf(stage)['FunctionName']).toMatch(new RegExp(`^team-a-.*-${stage}$`));
    }
  });

  test('a prefix that would not fit is refused', () => {
    expect(() => new Synthesized({ namePrefix: 'a'.repeat(41) })).toThrow(/namePrefix/);
    expect(() => new Synthesized({ namePrefix: 'team a' })).toThrow(/namePrefix/);
  });

  test('names of the longest prefix fit into the 64 characters of a function', () => {
    const tuner = new Synthesized({ namePrefix: 'a'.repeat(40) });
    for (const stage of STAGE_NAMES) {
      expect(String(tuner.functionOf(stage)['FunctionName']).length).toBeLessThanOrEqual(64);
    }
  });

  test('a VPC holds every stage', () => {
    const tuner = new Synthesized((stack) => ({
      vpc: new Vpc(stack, 'Vpc', { maxAzs: 1 }) as IVpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    }));
    for (const stage of STAGE_NAMES) {
      expect(tuner.functionOf(stage)['VpcConfig'], stage).toBeDefined();
      expect(allows(tuner.statementsOf(stage), 'ec2:CreateNetworkInterface', '*')).toBe(true);
    }
    expect(tuner.all('AWS::EC2::SecurityGroup')).toHaveLength(1);
    expect(allows(plain.statementsOf('Measure'), 'ec2:CreateNetworkInterface', '*')).toBe(false);
  });

  test('a key encrypts all that is stored', () => {
    const tuner = new Synthesized((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    for (const group of tuner.all('AWS::Logs::LogGroup')) expect(group['KmsKeyId']).toBeDefined();
    for (const queue of tuner.all('AWS::SQS::Queue')) {
      expect(queue['KmsMasterKeyId']).toBeDefined();
    }
    expect(tuner.only('AWS::StepFunctions::StateMachine')['EncryptionConfiguration']).toMatchObject(
      {
        Type: 'CUSTOMER_MANAGED_KMS_KEY',
      },
    );
    expect(JSON.stringify(tuner.only('AWS::S3::Bucket')['BucketEncryption'])).toContain('aws:kms');
    // CloudWatch Logs and EventBridge use it by the key's own policy.
    const policy = JSON.stringify(tuner.only('AWS::KMS::Key')['KeyPolicy']);
    expect(policy).toContain('logs.eu-west-1.amazonaws.com');
    expect(policy).toContain('events.amazonaws.com');
    // Without it CleanUp could not read what an execution was started with.
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/Key961B73FD';
    expect(allows(tuner.statementsOf('CleanUp'), 'kms:Decrypt', key)).toBe(true);
  });

  test('with a key, the state machine may encrypt results and decrypt their bucket’s key, and nothing else of S3', () => {
    const tuner = new Synthesized((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    expect(JSON.stringify(tuner.only('AWS::S3::Bucket')['BucketEncryption'])).toContain(
      '"BucketKeyEnabled":true',
    );
    const ofS3 = tuner
      .statementsOfWorkflow()
      .filter(({ condition }) => JSON.stringify(condition ?? {}).includes('aws:s3:arn'));
    expect(ofS3).toEqual([
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['arn:aws:kms:eu-west-1:123456789012:key/Key961B73FD'],
        condition: {
          StringLike: {
            'kms:EncryptionContext:aws:s3:arn': [
              expect.stringMatching(/^arn:aws:s3:::[^/]+$/) as string,
              expect.stringMatching(/^arn:aws:s3:::[^/]+\/\*$/) as string,
            ],
          },
        },
      },
    ]);
  });

  test('100 functions fit into policies that IAM accepts', () => {
    const tuner = new Synthesized((stack) => ({
      functions: Array.from({ length: 100 }, (_, index) =>
        LambdaFunction.fromFunctionArn(
          stack,
          `Function${index}`,
          `arn:aws:lambda:eu-west-1:123456789012:function:some-service-in-production-${index}`,
        ),
      ),
    }));
    // IAM quotas: 6,144 characters for a managed policy, 10,240 for what is inline in a role, 10 attached.
    const managed = tuner.all('AWS::IAM::ManagedPolicy');
    expect(managed.length).toBeGreaterThan(0);
    for (const policy of managed) {
      expect(JSON.stringify(policy['PolicyDocument']).length).toBeLessThanOrEqual(6144);
    }
    for (const policy of tuner.all('AWS::IAM::Policy')) {
      expect(JSON.stringify(policy['PolicyDocument']).length).toBeLessThanOrEqual(10_240);
    }
    const attached = tuner.all('AWS::IAM::Role').map((role) => role['ManagedPolicyArns'] ?? []);
    for (const policies of attached as unknown[][]) expect(policies.length).toBeLessThanOrEqual(10);
  });

  test('who may start runs is granted that, and nothing on functions', () => {
    const tuner = new Synthesized(
      {},
      {
        then: (made, stack) => {
          const role = new Role(stack, 'Developers', {
            assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
          });
          made.grantStartExecution(role);
        },
      },
    );
    const granted = tuner
      .all('AWS::IAM::Policy')
      .find((each) => JSON.stringify(each['Roles']).includes('Developers'));
    expect(granted?.['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'states:StartExecution',
          Resource: `arn:aws:states:eu-west-1:123456789012:stateMachine:${String(machine['StateMachineName'])}`,
        },
      ],
    });
  });
});
