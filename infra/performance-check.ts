import { ArnFormat, Stack, Tags } from 'aws-cdk-lib';
import { Grant, PermissionsBoundary, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { keysOf, tableOf } from '../src/contract/shared/keys-of.ts';
import { CHECK_STAGES, type CheckStageName } from '../src/contract/check/check-stages.ts';
import { CHECK_TAG, checkStageId, WORKFLOW_NAME_PREFIX } from '../src/contract/shared/tuner.ts';
import { CHECK_PERMISSIONS } from './check-permissions.ts';
import { allowUseOfKey } from './key-use.ts';
import { packageVersion } from './package-version.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';
import { stageFunctions } from './stage-functions.ts';
import { StageGrants } from './stage-grants.ts';
import { allFunctions, targetArns } from './target-arns.ts';
import { Workflow } from './workflow.ts';
import { workflowDefinition } from './workflow-definition.ts';
import { workflowName } from './workflow-name.ts';

const STAGE_NAMES = keysOf(CHECK_STAGES);

/** Properties of a `PerformanceCheck`: they mean what they mean for a `PowerTuner`. */
export type PerformanceCheckProps = Pick<
  PowerTunerProps,
  | 'functions'
  | 'allowAllFunctions'
  | 'logGroups'
  | 'namePrefix'
  | 'architecture'
  | 'permissionsBoundary'
  | 'rolePath'
  | 'vpc'
  | 'vpcSubnets'
  | 'securityGroups'
  | 'encryptionKey'
  | 'logRetention'
>;

/**
 * The workflow of `powerdial check`: measures two versions of a function side by side and judges the
 * change. It invokes and reads, and may change nothing; who starts it needs no permission on functions.
 *
 * @example
 * const check = new PerformanceCheck(this, 'Check', { functions: [orders] });
 * check.grantRun(continuousIntegration);
 */
export class PerformanceCheck extends Construct {
  readonly stateMachine: StateMachine;
  /** The function of each stage. */
  readonly stageFunctions: Readonly<Record<CheckStageName, IFunction>>;

  readonly #name: string;
  readonly #settings: PerformanceCheckProps;
  readonly #grants: StageGrants<CheckStageName>;

  constructor(scope: Construct, id: string, props: PerformanceCheckProps = {}) {
    super(scope, id);
    this.#settings = props;
    this.#name = workflowName(this, props.namePrefix ?? WORKFLOW_NAME_PREFIX, '-check');
    const definition = workflowDefinition('check');
    const stages = stageFunctions(this, {
      stages: STAGE_NAMES,
      idOf: checkStageId,
      workflowName: this.#name,
      definition,
      settings: props,
    });
    this.stageFunctions = tableOf(STAGE_NAMES, (stage) => stages[stage].function);
    this.#grants = new StageGrants(stages, CHECK_PERMISSIONS);
    this.stateMachine = new Workflow(this, 'Workflow', {
      name: this.#name,
      comment: 'Powerdial: measures two versions of a function and judges the change',
      definition,
      functions: new Map(
        STAGE_NAMES.map((stage) => [CHECK_STAGES[stage].resource, this.stageFunctions[stage]]),
      ),
      settings: props,
    }).stateMachine;
    this.#grants.allow('executions', this.#executions());
    this.#grants.allow('everything', '*');
    if (props.allowAllFunctions === true) this.#grants.allowTarget(allFunctions(this));
    for (const fn of props.functions ?? []) this.allow(fn);
    for (const group of props.logGroups ?? []) this.#grants.allow('log groups', group.logGroupArn);
    if (props.encryptionKey !== undefined) allowUseOfKey(props.encryptionKey, this, this.#name, []);
    if (props.permissionsBoundary !== undefined) {
      PermissionsBoundary.of(this).apply(props.permissionsBoundary);
    }
    Tags.of(this).add(CHECK_TAG, packageVersion());
  }

  /** Lets checks invoke a function, its versions and aliases. */
  allow(fn: IFunction): void {
    this.#grants.allowTarget(targetArns(fn));
  }

  /**
   * Lets somebody run checks, with `powerdial check --state-machine <arn>`: start them, follow them, stop
   * them, read the verdict.
   */
  grantRun(grantee: IGrantable): Grant {
    this.#settings.encryptionKey?.grantEncryptDecrypt(grantee);
    const followed = Grant.addToPrincipal({
      grantee,
      actions: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'],
      resourceArns: [this.#executions()],
    });
    return this.stateMachine.grantStartExecution(grantee).combine(followed);
  }

  #executions(): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.#name}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
