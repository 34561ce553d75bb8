import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
import { STAGES, STORE_RESULT, type StageName } from '../src/contract/stages.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { given } from './given.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';
import type { WorkflowDefinition } from './workflow-definition.ts';

/** Properties of a `Workflow`. */
export interface WorkflowProps {
  readonly tunerName: string;
  readonly definition: WorkflowDefinition;
  readonly functions: Readonly<Record<StageName, IFunction>>;
  /** Where results are kept as JSON. */
  readonly results: Bucket;
  readonly settings: PowerTunerProps;
}

/** The state machine, with its role and its log. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { tunerName, functions, settings } = props;
    const key = settings.encryptionKey;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'What the workflow of Powerdial may do: call its own stages, keep results',
      ...given({ path: settings.rolePath }),
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnStages',
        actions: ['lambda:InvokeFunction'],
        resources: Object.values(functions).map((each) => each.functionArn),
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        sid: 'KeepResults',
        actions: ['s3:PutObject'],
        resources: [props.results.arnForObjects('*')],
      }),
    );
    if (key !== undefined) {
      role.addToPolicy(
        new PolicyStatement({
          sid: 'EncryptResults',
          actions: ['kms:GenerateDataKey'],
          resources: [key.keyArn],
        }),
      );
    }
    acknowledgeWildcard(
      role,
      props.results.arnForObjects('*'),
      'One result for each run, under a name that is not known before it.',
    );
    acknowledgeWildcard(role, '*', 'AWS grants log delivery and X-Ray segments on * only.');
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: tunerName,
      stateMachineType: StateMachineType.STANDARD,
      comment: 'Powerdial: finds memory size and timeout of a Lambda function by measuring it',
      definitionBody: DefinitionBody.fromString(props.definition.text),
      definitionSubstitutions: substitutions(functions, props.results),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Under this prefix log delivery needs no resource policy that could grow too long.
          logGroupName: `/aws/vendedlogs/states/${tunerName}`,
          retention: settings.logRetention ?? RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
          ...given({ encryptionKey: key }),
        }),
        level: LogLevel.ALL,
        // Inputs hold payloads.
        includeExecutionData: false,
      },
      ...given({
        encryptionConfiguration:
          key && new CustomerManagedEncryptionConfiguration(key, Duration.minutes(15)),
      }),
    });
  }
}

/** The definition's placeholders, `${InspectFunctionArn}` and so on, by name. */
function substitutions(
  functions: Readonly<Record<StageName, IFunction>>,
  results: Bucket,
): Record<string, string> {
  const stages = Object.keys(STAGES) as StageName[];
  return {
    ...Object.fromEntries(
      stages.map((stage) => [STAGES[stage].resource.slice(2, -1), functions[stage].functionArn]),
    ),
    [STORE_RESULT.resource.slice(2, -1)]: `arn:${Aws.PARTITION}:states:::aws-sdk:s3:putObject`,
    [STORE_RESULT.bucket.slice(2, -1)]: results.bucketName,
  };
}
