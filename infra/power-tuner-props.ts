import type { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Properties of a `PowerTuner`. */
export interface PowerTunerProps {
  /**
   * The functions that may be tuned. More can be added with `allow`.
   *
   * @default - none
   */
  readonly functions?: readonly IFunction[];

  /**
   * Whether every function of this account and region may be tuned, now and in future.
   *
   * @default false
   */
  readonly allowAllFunctions?: boolean;

  /**
   * Log groups of functions whose configuration names another one than `/aws/lambda/<name>`: where reports
   * are read that an invocation's answer does not carry.
   *
   * @default - the default log groups of the functions only
   */
  readonly logGroups?: readonly ILogGroup[];

  /**
   * Functions that a run may call around each invocation, as `preProcessor` and `postProcessor`.
   *
   * @default - none
   */
  readonly processors?: readonly IFunction[];

  /**
   * Buckets that payloads may be read from, by `payloadS3`.
   *
   * @default - none
   */
  readonly payloadBuckets?: readonly IBucket[];

  /**
   * Queues that trigger the functions. Their visibility timeout bounds the recommended timeout.
   *
   * @default - none: results say that visibility timeouts could not be read
   */
  readonly queues?: readonly IQueue[];

  /**
   * What the names of the state machine and its functions begin with. The command looks for the default.
   *
   * @default 'powerdial'
   */
  readonly namePrefix?: string;

  /**
   * The architecture of the stages' own functions; what they tune may have either. Not every region and
   * partition has arm64.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;

  /**
   * A permissions boundary for every role.
   *
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * The path of every role.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * The VPC that the stages run in. It must let them reach AWS: Lambda, Step Functions, SQS, S3 and
   * CloudWatch Logs, by NAT or endpoints.
   *
   * @default - not in a VPC
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the VPC.
   *
   * @default - its private subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the stages in the VPC.
   *
   * @default - a new one that allows all outbound traffic
   */
  readonly securityGroups?: readonly ISecurityGroup[];

  /**
   * A key for everything that is stored: execution data, results, logs, queues. An imported
   * key must allow it by its own policy; `docs/security.md` has the statements.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * How long results are kept.
   *
   * @default Duration.days(90)
   */
  readonly resultsRetention?: Duration;

  /**
   * The topic that is told when a function could not be put back after a run that died.
   *
   * @default - the alarm changes its state and tells nobody
   */
  readonly alarmTopic?: ITopic;
}
