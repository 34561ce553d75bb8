import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { StageSettings } from './stage-function.ts';

/**
 * Makes one security group for all stages in a VPC where none is given. CDK would make one for each stage.
 */
export function ownSecurityGroups(
  scope: Construct,
  { vpc, securityGroups }: StageSettings,
): Pick<StageSettings, 'securityGroups'> {
  if (vpc === undefined || securityGroups !== undefined) return {};
  const description = 'The stages of Powerdial: they call AWS, and nobody calls them';
  return { securityGroups: [new SecurityGroup(scope, 'SecurityGroup', { vpc, description })] };
}
