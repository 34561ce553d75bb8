import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { AppContext, type ContextKey } from './app-context.ts';
import { leaveOutUndefined } from './leave-out-undefined.ts';
import { isNamePrefix, NAME_PREFIX_RULE } from '../src/contract/shared/name-prefix.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';

/**
 * Stands for every function of the account. It has a sign of its own, so that nobody allows all functions by
 * accident.
 */
const ALL = '*';

/**
 * Returns the app's context as a tuner's properties. Nothing is looked up, so that `cdk synth` needs neither
 * credentials nor a network.
 *
 * @throws with every problem of the context in one message
 */
export function tunerSettings(stack: Stack, context: AppContext): PowerTunerProps {
  const functions = functionNames(context, 'functions');
  const settings: PowerTunerProps = {
    allowAllFunctions: functions.includes(ALL),
    functions: functions.filter((each) => each !== ALL).map((each) => toFunction(stack, each)),
    processors: functionNames(context, 'processors').map((each) => toFunction(stack, each)),
    logGroups: context
      .list('logGroups')
      .map((name) => LogGroup.fromLogGroupName(stack, `LogGroup ${name}`, name)),
    payloadBuckets: context
      .list('payloadBuckets')
      .map((name) => Bucket.fromBucketName(stack, `Bucket ${name}`, name)),
    queues: context.list('queues').map((each) => toQueue(stack, each)),
    ...leaveOutUndefined({
      namePrefix: namePrefix(context),
      architecture: architecture(context),
      permissionsBoundary: boundary(stack, context),
      rolePath: rolePath(context),
      encryptionKey: importConstruct(context, 'kmsKeyArn', (arn) =>
        Key.fromKeyArn(stack, 'Key', arn),
      ),
      alarmTopic: importConstruct(context, 'alarmTopicArn', (arn) =>
        Topic.fromTopicArn(stack, 'AlarmTopic', arn),
      ),
      logRetention: logRetention(context),
      resultsRetention: days(context.wholeNumber('resultsRetentionDays')),
    }),
    ...network(stack, context),
  };
  context.refuseProblems();
  return settings;
}

/** Names are refused here, because CloudFormation would refuse them minutes later and in other words. */
function functionNames(context: AppContext, key: 'functions' | 'processors'): readonly string[] {
  return context.list(key).filter((each) => {
    const fits = each.startsWith('arn:') || /^[\w*-]+$/.test(each);
    if (!fits) {
      context.problem(
        `-c ${key}: wanted names or ARNs of functions, it is ${JSON.stringify(each)}`,
      );
    }
    return fits;
  });
}

function namePrefix(context: AppContext): string | undefined {
  const prefix = context.text('namePrefix');
  if (prefix === null) return undefined;
  if (!isNamePrefix(prefix)) {
    context.problem(`-c namePrefix: wanted ${NAME_PREFIX_RULE}, it is ${JSON.stringify(prefix)}`);
  }
  return prefix;
}

const ARCHITECTURES: ReadonlyMap<string, Architecture> = new Map(
  [Architecture.ARM_64, Architecture.X86_64].map((each) => [each.name, each]),
);

function architecture(context: AppContext): Architecture | undefined {
  const wanted = context.text('architecture');
  if (wanted === null) return undefined;
  const found = ARCHITECTURES.get(wanted);
  if (found === undefined) {
    context.problem(
      `-c architecture: wanted ${[...ARCHITECTURES.keys()].join(' or ')}, it is ${JSON.stringify(wanted)}`,
    );
  }
  return found;
}

/** Returns a name, a pattern such as `orders-*`, or an ARN of this account in any region. */
function toFunction(stack: Stack, nameOrArn: string): IFunction {
  const id = `Function ${nameOrArn}`;
  return nameOrArn.startsWith('arn:')
    ? LambdaFunction.fromFunctionArn(stack, id, nameOrArn)
    : LambdaFunction.fromFunctionName(stack, id, nameOrArn);
}

function toQueue(stack: Stack, nameOrArn: string): IQueue {
  const queueArn = nameOrArn.startsWith('arn:')
    ? nameOrArn
    : stack.formatArn({
        service: 'sqs',
        resource: nameOrArn,
        arnFormat: ArnFormat.NO_RESOURCE_NAME,
      });
  return Queue.fromQueueArn(stack, `Queue ${nameOrArn}`, queueArn);
}

function boundary(stack: Stack, context: AppContext): IManagedPolicy | undefined {
  const policy = context.text('permissionsBoundary');
  if (policy === null) return undefined;
  return policy.startsWith('arn:')
    ? ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', policy)
    : ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', policy);
}

function rolePath(context: AppContext): string | undefined {
  const path = context.text('rolePath');
  if (path === null) return undefined;
  if (!/^\/(?:[\x21-\x7e]+\/)*$/.test(path)) {
    context.problem(
      `-c rolePath: wanted a path that begins and ends with a slash, it is ${JSON.stringify(path)}`,
    );
  }
  return path;
}

function logRetention(context: AppContext): RetentionDays | undefined {
  const wanted = context.wholeNumber('logRetentionDays');
  if (wanted === null) return undefined;
  const name = RetentionDays[wanted] as keyof typeof RetentionDays | undefined;
  if (name === undefined) {
    const known = Object.keys(RetentionDays).filter((key) => /^\d{1,4}$/.test(key));
    context.problem(
      `-c logRetentionDays: wanted one of CloudWatch's periods (${known.join(', ')}), it is ${wanted}`,
    );
    return undefined;
  }
  return RetentionDays[name];
}

function days(count: number | null): Duration | undefined {
  return count === null ? undefined : Duration.days(count);
}

function network(
  stack: Stack,
  context: AppContext,
): Pick<PowerTunerProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  const vpcId = context.text('vpcId');
  const subnetIds = context.list('subnetIds');
  const groupIds = context.list('securityGroupIds');
  if ((vpcId === null) !== (subnetIds.length === 0)) {
    context.problem(
      `-c ${vpcId === null ? 'vpcId' : 'subnetIds'}: wanted both vpcId and subnetIds, only the other is there`,
    );
  }
  if (vpcId === null) return {};
  return {
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: ['unknown'] }),
    vpcSubnets: {
      subnets: subnetIds.map((id) => Subnet.fromSubnetId(stack, `Subnet ${id}`, id)),
    },
    ...(groupIds.length === 0
      ? {}
      : {
          securityGroups: groupIds.map((id) =>
            SecurityGroup.fromSecurityGroupId(stack, `SecurityGroup ${id}`, id),
          ),
        }),
  };
}

function importConstruct<T>(
  context: AppContext,
  key: ContextKey,
  from: (arn: string) => T,
): T | undefined {
  const arn = context.text(key);
  if (arn === null) return undefined;
  if (arn.startsWith('arn:')) return from(arn);
  context.problem(`-c ${key}: wanted an ARN, it is ${JSON.stringify(arn)}`);
  return undefined;
}
