import type { Json } from '../../contract/shared/json.ts';
import type { Deployment, DeploymentVpc } from './deployment.ts';
import { changeStatements, expandStatements, listNames, type Named } from './expand-statements.ts';
import { PLACEHOLDERS, type Variant } from './placeholders.ts';
import { spreadPolicies } from './spread-policies.ts';
import {
  changeResources,
  changeTexts,
  keepResources,
  type Properties,
  type Resources,
  type Template,
  expireAfter,
} from './template.ts';
import { SYNTHESIZED_NAMES, type WorkflowNames, workflowNames } from './workflow-names.ts';

/** Tells which of the synthesized templates a deployment begins with. */
export function variantOf({ kmsKeyArn, vpc }: Deployment): Variant {
  if (kmsKeyArn === null) return vpc === null ? 'plain' : 'vpc';
  return vpc === null ? 'key' : 'key-and-vpc';
}

/**
 * Puts what a deployment names into the synthesized template of its kind.
 *
 * @param named what takes the place of functions and their like, where it is not names
 * @throws {TooManyPolicies} where a role cannot hold what is named
 */
export function fillTemplate(
  synthesized: Template,
  deployment: Deployment,
  named: readonly Named[] = listNames(deployment),
): Template {
  let resources = synthesized.Resources;
  let outputs = synthesized.Outputs;
  if (!deployment.check) {
    resources = keepResources(resources, (_, id) => !id.startsWith('Check'));
    const { CheckStateMachineArn: _, ...rest } = outputs;
    outputs = rest;
  }
  resources = changeResources(resources, 'AWS::IAM::Policy', (properties) =>
    changeStatements(properties, (statements) => expandStatements(statements, named)),
  );
  resources = setWhatIsNamed(resources, deployment);
  const names = workflowNames(deployment.namePrefix);
  resources = changeTexts(resources, renameIn(names, deployment));
  return { ...synthesized, Resources: spreadPolicies(resources), Outputs: outputs };
}

function setWhatIsNamed(before: Resources, deployment: Deployment): Resources {
  const { architecture, logRetentionDays, resultsRetentionDays, alarmTopicArn, vpc } = deployment;
  let resources = changeResources(before, 'AWS::IAM::Role', (properties) =>
    setRole(properties, deployment),
  );
  if (architecture !== null) {
    resources = set(resources, 'AWS::Lambda::Function', { Architectures: [architecture] });
  }
  if (logRetentionDays !== null) {
    resources = set(resources, 'AWS::Logs::LogGroup', { RetentionInDays: logRetentionDays });
  }
  if (resultsRetentionDays !== null) {
    resources = changeResources(resources, 'AWS::S3::Bucket', (properties) =>
      expireAfter(properties, resultsRetentionDays),
    );
  }
  if (alarmTopicArn === null) {
    resources = changeResources(resources, 'AWS::CloudWatch::Alarm', (properties) =>
      without(properties, 'AlarmActions'),
    );
  }
  return vpc === null ? resources : setVpc(resources, vpc);
}

function set(resources: Resources, type: string, values: Properties): Resources {
  return changeResources(resources, type, (properties) => ({ ...properties, ...values }));
}

function without(properties: Properties, name: string): Properties {
  const { [name]: _, ...rest } = properties;
  return rest;
}

function setRole(
  properties: Properties,
  { permissionsBoundary, rolePath }: Deployment,
): Properties {
  const withBoundary =
    permissionsBoundary === null
      ? without(properties, 'PermissionsBoundary')
      : permissionsBoundary.startsWith('arn:')
        ? { ...properties, PermissionsBoundary: permissionsBoundary }
        : properties;
  return rolePath === null ? without(withBoundary, 'Path') : withBoundary;
}

function setVpc(before: Resources, vpc: DeploymentVpc): Resources {
  const { subnetIds, securityGroupIds } = vpc;
  const ofOthers = securityGroupIds.length > 0;
  const resources = ofOthers
    ? keepResources(before, ({ Type }) => Type !== 'AWS::EC2::SecurityGroup')
    : before;
  return changeResources(resources, 'AWS::Lambda::Function', (properties) => ({
    ...properties,
    VpcConfig: {
      ...(properties['VpcConfig'] as Properties),
      SubnetIds: [...subnetIds],
      ...(ofOthers ? { SecurityGroupIds: [...securityGroupIds] } : {}),
    } satisfies Json,
  }));
}

/** Puts names into texts, wherever they stand. */
function renameIn(names: WorkflowNames, deployment: Deployment): (text: string) => string {
  const instead: readonly (readonly [string, string | null | undefined])[] = [
    [SYNTHESIZED_NAMES.tune, names.tune],
    [SYNTHESIZED_NAMES.check, names.check],
    [PLACEHOLDERS.permissionsBoundary, deployment.permissionsBoundary],
    [PLACEHOLDERS.rolePath, deployment.rolePath],
    [PLACEHOLDERS.alarmTopicArn, deployment.alarmTopicArn],
    [PLACEHOLDERS.kmsKeyArn, deployment.kmsKeyArn],
    [PLACEHOLDERS.vpcId, deployment.vpc?.vpcId],
  ];
  return (text) =>
    instead.reduce(
      (done, [from, to]) => (to === null || to === undefined ? done : done.replaceAll(from, to)),
      text,
    );
}
