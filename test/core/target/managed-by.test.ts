import { expect, it } from 'vitest';
import { managedBy } from '../../../src/core/target/managed-by.ts';

it.each<[Readonly<Record<string, string>>, string | null]>([
  [{ 'aws:cloudformation:stack-name': 'shop', STAGE: 'prod' }, 'CloudFormation (stack shop)'],
  [{ 'aws:cloudformation:stack-name': 'shop', 'lambda:createdBy': 'SAM' }, 'SAM (stack shop)'],
  [{ 'lambda:createdBy': 'SAM' }, 'SAM'],
  [{ ManagedBy: 'Terraform' }, 'Terraform (tag ManagedBy)'],
  [{ 'managed-by': 'opentofu' }, 'OpenTofu (tag managed-by)'],
  [{ created_by: 'pulumi' }, 'Pulumi (tag created_by)'],
  [{ terraform: 'true' }, 'Terraform (tag terraform)'],
  [{ 'terraform:workspace': 'prod' }, 'Terraform (tag terraform:workspace)'],
  [{ terraform: 'false' }, null],
  [{ ManagedBy: 'team-orders', owner: 'Terraform' }, null],
  [{}, null],
])('%o: %s', (tags, tool) => {
  expect(managedBy(tags)).toBe(tool);
});
