import { ArnFormat, Stack, Tags } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PermissionsBoundary, type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { keysOf, tableOf } from '../src/contract/shared/keys-of.ts';
import { STAGES, type StageName } from '../src/contract/tune/stages.ts';
import { WORKFLOW_NAME_PREFIX, TUNER_TAG } from '../src/contract/shared/tuner.ts';
import { CleanUpRule } from './clean-up-rule.ts';
import { allowUseOfKey } from './key-use.ts';
import { packageVersion } from './package-version.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';
import { resultsBucket } from './results-bucket.ts';
import { stageFunctions } from './stage-functions.ts';
import { StageGrants } from './stage-grants.ts';
import { STAGE_PERMISSIONS } from './stage-permissions.ts';
import { allFunctions, targetArns } from './target-arns.ts';
import { Workflow } from './workflow.ts';
import { workflowDefinition } from './workflow-definition.ts';
import { workflowName } from './workflow-name.ts';

const STAGE_NAMES = keysOf(STAGES);

/**
 * Finds memory size and timeout of Lambda functions by measuring them: a Step Functions workflow, a Lambda
 * function with a role of its own for each of its stages, and a rule that puts a function back when a run
 * dies. It may touch no function until it is allowed to.
 *
 * @example
 * const tuner = new PowerTuner(this, 'Tuner', { functions: [orders] });
 * tuner.grantStartExecution(developers);
 */
export class PowerTuner extends Construct {
  /** The workflow: start an execution of it with `{"function": "my-fn"}`. */
  readonly stateMachine: StateMachine;
  /** The function of each stage. */
  readonly stageFunctions: Readonly<Record<StageName, IFunction>>;
  readonly resultsBucket: Bucket;
  /** Holds the events of executions after which a function could not be put back. */
  readonly deadLetterQueue: IQueue;
  /** Is in alarm as long as that queue holds events. */
  readonly cleanUpAlarm: Alarm;

  readonly #grants: StageGrants<StageName>;
  readonly #settings: PowerTunerProps;

  constructor(scope: Construct, id: string, props: PowerTunerProps = {}) {
    super(scope, id);
    this.#settings = props;
    const name = workflowName(this, props.namePrefix ?? WORKFLOW_NAME_PREFIX);
    const definition = workflowDefinition('tune');
    const stages = stageFunctions(this, {
      stages: STAGE_NAMES,
      idOf: (stage) => stage,
      workflowName: name,
      definition,
      settings: props,
    });
    this.#grants = new StageGrants(stages, STAGE_PERMISSIONS);
    this.stageFunctions = tableOf(STAGE_NAMES, (stage) => stages[stage].function);
    this.resultsBucket = resultsBucket(this, 'Results', props);
    this.stateMachine = new Workflow(this, 'Workflow', {
      name,
      comment: 'Powerdial: finds memory size and timeout of a Lambda function by measuring it',
      definition,
      functions: new Map(
        STAGE_NAMES.map((stage) => [STAGES[stage].resource, this.stageFunctions[stage]]),
      ),
      results: this.resultsBucket,
      settings: props,
    }).stateMachine;
    const rule = new CleanUpRule(this, 'CleanUpRule', {
      stateMachine: this.stateMachine,
      cleanUp: stages.CleanUp.function,
      encryptionKey: props.encryptionKey,
      alarmTopic: props.alarmTopic,
    });
    this.deadLetterQueue = rule.deadLetters;
    this.cleanUpAlarm = rule.alarm;
    this.#allowWhatIsGiven(name);
    if (props.permissionsBoundary !== undefined) {
      PermissionsBoundary.of(this).apply(props.permissionsBoundary);
    }
    Tags.of(this).add(TUNER_TAG, packageVersion());
  }

  /**
   * Lets runs tune a function. Of a version or an alias: the function that it belongs to, for only $LATEST
   * can be published at other sizes.
   */
  allow(fn: IFunction): void {
    this.#grants.allowTarget(targetArns(fn));
  }

  /** Lets somebody start runs: with them, do to every allowed function whatever a run does. */
  grantStartExecution(grantee: IGrantable): Grant {
    this.#settings.encryptionKey?.grantEncryptDecrypt(grantee);
    return this.stateMachine.grantStartExecution(grantee);
  }

  #allowWhatIsGiven(name: string): void {
    const props = this.#settings;
    // The ARN is made from the state machine's name, because its own ARN would make a circle: it invokes
    // these functions.
    const ofStates = (resource: string, resourceName: string): string =>
      Stack.of(this).formatArn({
        service: 'states',
        resource,
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    this.#grants.allow('executions', ofStates('execution', `${name}:*`));
    this.#grants.allow('state machine', ofStates('stateMachine', name));
    this.#grants.allow('everything', '*');
    if (props.allowAllFunctions === true) this.#grants.allowTarget(allFunctions(this));
    for (const fn of props.functions ?? []) this.allow(fn);
    for (const group of props.logGroups ?? []) this.#grants.allow('log groups', group.logGroupArn);
    for (const fn of props.processors ?? []) {
      const arns = targetArns(fn);
      this.#grants.allow('processors', arns.function, arns.versions);
    }
    for (const bucket of props.payloadBuckets ?? []) {
      this.#grants.allow('payloads', bucket.arnForObjects('*'));
      for (const stage of ['Inspect', 'Measure'] as const) {
        bucket.encryptionKey?.grantDecrypt(this.stageFunctions[stage]);
      }
    }
    for (const queue of props.queues ?? []) this.#grants.allow('queues', queue.queueArn);
    if (props.encryptionKey !== undefined) {
      // Both stages read executions from Step Functions, whose input is encrypted with the key.
      const readers = [this.stageFunctions.Inspect, this.stageFunctions.CleanUp];
      allowUseOfKey(props.encryptionKey, this, name, readers);
    }
  }
}
