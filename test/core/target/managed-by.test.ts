import { expect, it } from 'vitest';
import { findDeployingTool, findDeployment } from '../../../src/core/target/managed-by.ts';

type DeployedBy = readonly [tool: string, stack: string | null, tag: string | null];

it.each<[Readonly<Record<string, string>>, DeployedBy | null]>([
  [{ 'aws:cloudformation:stack-name': 'shop', STAGE: 'prod' }, ['CloudFormation', 'shop', null]],
  [{ 'aws:cloudformation:stack-name': 'shop', 'lambda:createdBy': 'SAM' }, ['SAM', 'shop', null]],
  [{ 'lambda:createdBy': 'SAM' }, ['SAM', null, null]],
  [{ ManagedBy: 'Terraform' }, ['Terraform', null, 'ManagedBy']],
  [{ 'managed-by': 'opentofu' }, ['OpenTofu', null, 'managed-by']],
  [{ created_by: 'pulumi' }, ['Pulumi', null, 'created_by']],
  [{ terraform: 'true' }, ['Terraform', null, 'terraform']],
  [{ 'terraform:workspace': 'prod' }, ['Terraform', null, 'terraform:workspace']],
  [{ terraform: 'false' }, null],
  [{ ManagedBy: 'team-orders', owner: 'Terraform' }, null],
  [{}, null],
])('the tags %j tell the tool that deploys the function: %j', (tags, expected) => {
  const found = findDeployingTool(tags);
  expect(found === null ? null : [found.tool, found.stack, found.tag]).toEqual(expected);
});

const LOGICAL = 'aws:cloudformation:logical-id';
const STACK = { 'aws:cloudformation:stack-name': 'shop' };

it.each([
  [
    { ...STACK, [LOGICAL]: 'Orders' },
    { project: 'cloudformation', logicalId: 'Orders' },
  ],
  [
    { ...STACK, [LOGICAL]: 'OrdersFunction', 'lambda:createdBy': 'SAM' },
    { project: 'sam', logicalId: 'OrdersFunction' },
  ],
  [
    { ...STACK, [LOGICAL]: 'OrdersFC6AF8E1' },
    { project: 'cdk', logicalId: 'OrdersFC6AF8E1' },
  ],
  [
    { ...STACK, [LOGICAL]: 'OrdersLambdaFunction', STAGE: 'prod' },
    { project: 'serverless', logicalId: 'OrdersLambdaFunction' },
  ],
  [
    { ...STACK, [LOGICAL]: 'OrdersLambdaFunction' },
    { project: 'cloudformation', logicalId: 'OrdersLambdaFunction' },
  ],
  [{ ManagedBy: 'opentofu' }, { project: 'terraform', logicalId: null }],
  [{ ManagedBy: 'pulumi' }, { project: null, logicalId: null }],
  [{ team: 'orders' }, null],
])('the tags %j tell the kind of project: %j', (tags, expected) => {
  expect(findDeployment(tags)).toEqual(expected);
});
