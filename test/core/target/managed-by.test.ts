import { expect, it } from 'vitest';
import { findDeployingTool } from '../../../src/core/target/managed-by.ts';

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
