/** The options of `powerdial template`, as the command line gives them. */
export interface TemplateOptions {
  readonly out?: string;
  readonly bucket?: string;
  readonly sam?: boolean;
  readonly functions?: string;
  readonly logGroups?: string;
  readonly processors?: string;
  readonly payloadBuckets?: string;
  readonly queues?: string;
  readonly architecture?: 'arm64' | 'x86_64';
  readonly check?: boolean;
  readonly namePrefix?: string;
  readonly permissionsBoundary?: string;
  readonly rolePath?: string;
  readonly vpcId?: string;
  readonly subnetIds?: string;
  readonly securityGroupIds?: string;
  readonly kmsKeyArn?: string;
  readonly logRetentionDays?: string;
  readonly resultsRetentionDays?: string;
  readonly alarmTopicArn?: string;
}
