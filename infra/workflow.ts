import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { STORE_RESULT } from '../src/contract/tune/stages.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { leaveOutUndefined } from './leave-out-undefined.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';
import type { WorkflowDefinition } from './workflow-definition.ts';

/** Properties of a `Workflow`. */
export interface WorkflowProps {
  readonly name: string;
  readonly comment: string;
  readonly definition: WorkflowDefinition;
  /** The functions of the stages, by their placeholders in the definition. */
  readonly functions: ReadonlyMap<string, IFunction>;
  /** Where results are kept as JSON. */
  readonly results?: Bucket;
  readonly settings: Pick<PowerTunerProps, 'encryptionKey' | 'logRetention' | 'rolePath'>;
}

/** The state machine, with its role and its log. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { name, functions, results, settings } = props;
    const key = settings.encryptionKey;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: `What the workflow of Powerdial may do: call its own stages${results ? ', keep results' : ''}`,
      ...leaveOutUndefined({ path: settings.rolePath }),
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnStages',
        actions: ['lambda:InvokeFunction'],
        resources: [...functions.values()].map((each) => each.functionArn),
      }),
    );
    if (results !== undefined) allowToKeep(results, role, key);
    acknowledgeWildcard(role, '*', 'AWS grants log delivery and X-Ray segments on * only.');
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      comment: props.comment,
      definitionBody: DefinitionBody.fromString(props.definition.text),
      definitionSubstitutions: substitutions(functions, results),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Under this prefix log delivery does not need a resource policy, which could grow too long.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: settings.logRetention ?? RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
          ...leaveOutUndefined({ encryptionKey: key }),
        }),
        level: LogLevel.ALL,
        // Inputs hold payloads, so they stay out of the log.
        includeExecutionData: false,
      },
      ...leaveOutUndefined({
        encryptionConfiguration:
          key && new CustomerManagedEncryptionConfiguration(key, Duration.minutes(15)),
      }),
    });
  }
}

function allowToKeep(results: Bucket, role: Role, key: IKey | undefined): void {
  const objects = results.arnForObjects('*');
  role.addToPolicy(
    new PolicyStatement({ sid: 'KeepResults', actions: ['s3:PutObject'], resources: [objects] }),
  );
  if (key !== undefined) {
    role.addToPolicy(
      new PolicyStatement({
        sid: 'EncryptResults',
        // With a bucket key S3 decrypts that key to make the object's from it (S3 guide, "Reducing the cost
        // of SSE-KMS with Amazon S3 Bucket Keys", 2026-11); CDK's own `grantPut` allows both for this reason.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key.keyArn],
        // The bucket's ARN where a bucket key is used, the object's where S3 does without.
        conditions: {
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [results.bucketArn, objects] },
        },
      }),
    );
  }
  const reason = 'One result for each run, under a name that is not known before it.';
  acknowledgeWildcard(role, objects, reason);
}

/** Returns the definition's placeholders, `${InspectFunctionArn}` and so on, by name. */
function substitutions(
  functions: ReadonlyMap<string, IFunction>,
  results: Bucket | undefined,
): Record<string, string> {
  const named = (placeholder: string): string => placeholder.slice(2, -1);
  return {
    ...Object.fromEntries(
      [...functions].map(([placeholder, fn]) => [named(placeholder), fn.functionArn]),
    ),
    ...(results === undefined
      ? {}
      : {
          [named(STORE_RESULT.resource)]: `arn:${Aws.PARTITION}:states:::aws-sdk:s3:putObject`,
          [named(STORE_RESULT.bucket)]: results.bucketName,
        }),
  };
}
