import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
  type Code,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { MEASURE_MEMORY_MB, STAGE_VARIABLE } from '../src/contract/shared/tuner.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { leaveOutUndefined } from './leave-out-undefined.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';
import type { WorkflowDefinition } from './workflow-definition.ts';

/** Properties of a `StageFunction`. */
export interface StageFunctionProps {
  /** The name of the stage's state. */
  readonly stage: string;
  /** Tells the bundle which stage it is. */
  readonly stageId: string;
  /** The function's name begins with this. */
  readonly workflowName: string;
  readonly code: Code;
  readonly definition: WorkflowDefinition;
  readonly settings: StageSettings;
}

/** What can be set of every stage. */
export type StageSettings = Pick<
  PowerTunerProps,
  | 'architecture'
  | 'encryptionKey'
  | 'logRetention'
  | 'rolePath'
  | 'vpc'
  | 'vpcSubnets'
  | 'securityGroups'
>;

/** Enough for Node and the AWS SDK; some stages also compute, or hold up to 1,000 connections open. */
const DEFAULT_MEMORY_MB = 256;
const MEMORY_MB: Readonly<Record<string, number>> = {
  Plan: 512,
  Recommend: 512,
  Measure: MEASURE_MEMORY_MB,
  CheckMeasure: MEASURE_MEMORY_MB,
  CheckJudge: 512,
};

/** One stage in the cloud: its function, a role of its own, its log group. */
export class StageFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: StageFunctionProps) {
    super(scope, id);
    const { stage, stageId, settings } = props;
    const functionName = `${props.workflowName}-${stage}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      ...leaveOutUndefined({ encryptionKey: settings.encryptionKey }),
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the stage ${stage} of Powerdial may do`,
      ...leaveOutUndefined({ path: settings.rolePath }),
    });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: `Powerdial: the stage ${stage} of the workflow`,
      runtime: Runtime.NODEJS_24_X,
      architecture: settings.architecture ?? Architecture.ARM_64,
      code: props.code,
      handler: 'index.handler',
      memorySize: MEMORY_MB[stageId] ?? DEFAULT_MEMORY_MB,
      timeout: props.definition.functionTimeoutOf(stage),
      role: this.role,
      environment: { [STAGE_VARIABLE]: stageId },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // A sampled Measure would make its targets trace; see `src/aws/no-sampling.ts` for the rest.
      tracing: stage === 'Measure' ? Tracing.DISABLED : Tracing.ACTIVE,
      ...leaveOutUndefined({
        vpc: settings.vpc,
        vpcSubnets: settings.vpcSubnets,
        securityGroups: settings.securityGroups && [...settings.securityGroups],
      }),
    });
    acknowledgeWildcard(this.role, '*', ON_EVERYTHING);
    if (settings.vpc !== undefined) this.role.addToPolicy(networkInterfaces());
  }
}

const ON_EVERYTHING =
  'AWS grants these on * only: X-Ray segments, network interfaces of functions in a VPC, and the actions of Lambda and of Logs Insights that docs/security.md names.';

/** Lambda puts a function into a VPC with the function's own role. */
function networkInterfaces(): PolicyStatement {
  return new PolicyStatement({
    sid: 'NetworkInterfaces',
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
