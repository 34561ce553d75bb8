/** What a deployment may set: every property of the construct, checked. `null` leaves it as it comes. */
export interface Deployment {
  /** Names, patterns or ARNs; `*` is every function of the account and region. */
  readonly functions: readonly string[];
  readonly logGroups: readonly string[];
  readonly processors: readonly string[];
  readonly payloadBuckets: readonly string[];
  /** Names or ARNs. */
  readonly queues: readonly string[];
  readonly architecture: 'arm64' | 'x86_64' | null;
  /** Whether the workflow of checks comes with it. */
  readonly check: boolean;
  readonly namePrefix: string;
  /** Name or ARN of a managed policy. */
  readonly permissionsBoundary: string | null;
  readonly rolePath: string | null;
  readonly vpc: DeploymentVpc | null;
  readonly kmsKeyArn: string | null;
  readonly logRetentionDays: number | null;
  readonly resultsRetentionDays: number | null;
  readonly alarmTopicArn: string | null;
}

export interface DeploymentVpc {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Empty for a new one. */
  readonly securityGroupIds: readonly string[];
}
