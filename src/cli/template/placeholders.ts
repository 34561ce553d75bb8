/** The kinds of deployment that are synthesized when the package is built. */
export const VARIANTS = ['plain', 'key', 'vpc', 'key-and-vpc'] as const;

export type Variant = (typeof VARIANTS)[number];

/**
 * What stands in the synthesized templates in the place of names that only the person who deploys knows. Each
 * is as CDK wants it, and none is a part of another.
 */
export const PLACEHOLDERS = {
  function: 'placeholder-function',
  processor: 'placeholder-processor',
  logGroup: 'placeholder-log-group',
  payloadBucket: 'placeholder-bucket',
  queue: 'placeholder-queue',
  permissionsBoundary: 'placeholder-boundary',
  rolePath: '/placeholder-path/',
  alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:placeholder-topic',
  kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/placeholder-key',
  vpcId: 'vpc-00000000000000000',
  subnetId: 'subnet-00000000000000000',
} as const;
