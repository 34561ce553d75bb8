import { keysOf } from '../src/contract/shared/keys-of.ts';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from './acknowledge.ts';
import type { StageFunction } from './stage-function.ts';
import { actionsOn, type Permission, type Scope } from './permission.ts';
import type { TargetArns } from './target-arns.ts';

const SIDS: { readonly [Each in Scope]: string } = {
  function: 'Functions',
  versions: 'VersionsOfFunctions',
  'log groups': 'LogGroups',
  processors: 'Processors',
  payloads: 'Payloads',
  queues: 'Queues',
  executions: 'Executions',
  'state machine': 'StateMachine',
  everything: 'GrantedOnEverythingOnly',
};

/** For cdk-nag: why the resources of a scope hold a `*`. */
const WILDCARDS: { readonly [Each in Scope]: string } = {
  function: 'Whoever deploys named these functions by a pattern.',
  versions: 'The versions of a run are numbered when it publishes them; of these functions only.',
  'log groups': 'A search in a log group is checked against its streams, which Lambda names.',
  processors: 'Processors may be named with a version or an alias.',
  payloads: 'Any object of these buckets may be a payload.',
  queues: 'Whoever deploys named these queues by a pattern.',
  'state machine': 'No `*`: it is one.',
  executions: 'Executions are named when they start; of this state machine only.',
  everything:
    'AWS grants lambda:GetAccountSettings, lambda:ListEventSourceMappings, logs:DescribeQueries and logs:StopQuery on * only.',
};

/**
 * CDK spreads statements over several policies when they are too many for one, but it splits no statement.
 */
const MOST_RESOURCES = 20;

/**
 * Turns the table of permissions into statements: one for each stage and scope, or more where there are many
 * resources. Resources are added as they become known. A scope without resources has no statement.
 */
export class StageGrants<Name extends string> {
  readonly #stages: Readonly<Record<Name, StageFunction>>;
  readonly #permissions: Readonly<Record<Name, readonly Permission[]>>;
  /** The statements by stage and scope. The last one of each is the one that is being filled. */
  readonly #statements = new Map<string, PolicyStatement[]>();

  constructor(
    stages: Readonly<Record<Name, StageFunction>>,
    permissions: Readonly<Record<Name, readonly Permission[]>>,
  ) {
    this.#stages = stages;
    this.#permissions = permissions;
  }

  /** Allows every stage what the table says for a function that may be tuned. */
  allowTarget(arns: TargetArns): void {
    this.allow('function', arns.function);
    this.allow('versions', arns.versions);
    this.allow('log groups', arns.logGroup);
  }

  /** Lets every stage do on these resources what the table says for that scope. */
  allow(scope: Scope, ...resources: readonly string[]): void {
    for (const stage of keysOf(this.#stages)) {
      const actions = actionsOn(this.#permissions[stage], scope);
      if (actions.length === 0) continue;
      const { role } = this.#stages[stage];
      for (const each of resources) {
        this.#statement(stage, scope, actions).addResources(each);
        acknowledgeWildcard(role, each, WILDCARDS[scope]);
      }
    }
  }

  #statement(stage: Name, scope: Scope, actions: readonly string[]): PolicyStatement {
    const key = `${stage}/${scope}`;
    const known = this.#statements.get(key) ?? [];
    const last = known.at(-1);
    if (last !== undefined && last.resources.length < MOST_RESOURCES) return last;
    const sid = `${SIDS[scope]}${known.length === 0 ? '' : known.length + 1}`;
    const statement = new PolicyStatement({ sid, actions: [...actions] });
    this.#statements.set(key, [...known, statement]);
    this.#stages[stage].role.addToPolicy(statement);
    return statement;
  }
}
