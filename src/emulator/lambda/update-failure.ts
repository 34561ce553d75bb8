/**
 * Why an update failed that Lambda had accepted: every `LastUpdateStatusReasonCode` of the API model
 * (client-lambda 3.1162, 2026-11), with a text. Where the model has an exception of the same meaning the
 * text is that exception's; the one for a deleted image is printed in aws-actions/aws-lambda-deploy#68;
 * the others are our own, because AWS does not publish them.
 */
export const UPDATE_FAILURES = {
  CapacityProviderScalingLimitExceeded:
    'The capacity provider cannot scale any further: its limit has been reached.',
  DependencyError: 'A service that the function depends on could not be used.',
  DisabledKMSKey:
    "Lambda couldn't decrypt the environment variables because the KMS key used is disabled. Check the Lambda function's KMS key settings.",
  DisallowedByVpcEncryptionControl:
    'The VPC requires encryption in transit, and the function cannot be connected to it.',
  EC2RequestLimitExceeded: 'The request limit of Amazon EC2 has been reached.',
  EFSIOError: 'An error occurred when reading from or writing to a connected file system.',
  EFSMountConnectivityError:
    "The Lambda function couldn't make a network connection to the configured file system.",
  EFSMountFailure:
    "The Lambda function couldn't mount the configured file system due to a permission or configuration issue.",
  EFSMountTimeout:
    'The Lambda function made a network connection to the configured file system, but the mount operation timed out.',
  EniLimitExceeded:
    "Lambda couldn't create an elastic network interface in the VPC, specified as part of Lambda function configuration, because the limit for network interfaces has been reached.",
  FunctionError: 'The function failed while it was initialised.',
  'FunctionError.ExtensionInitError': 'An extension of the function failed to start.',
  'FunctionError.InitResourceExhausted':
    'The function ran out of a resource while it was initialised.',
  'FunctionError.InitTimeout': 'The initialisation of the function took too long.',
  'FunctionError.InvalidEntryPoint': 'The entry point of the image could not be started.',
  'FunctionError.InvalidWorkingDirectory': 'The working directory of the image does not exist.',
  'FunctionError.PermissionDenied': 'The entry point of the image may not be executed.',
  'FunctionError.RuntimeInitError': 'The runtime of the function failed to start.',
  'FunctionError.TooManyExtensions': 'The function has too many extensions.',
  ImageAccessDenied: 'Lambda does not have permission to access the ECR image.',
  ImageDeleted: 'The function is trying to use a deleted image.',
  InsufficientCapacity: 'There is not enough capacity for the function at the moment.',
  InsufficientRolePermissions:
    "The function's execution role does not have the permissions that its configuration needs.",
  InternalError: 'Lambda failed for a reason of its own.',
  InvalidConfiguration: 'The configuration of the function is not valid.',
  InvalidImage: 'The image is not valid. Provide a valid source image.',
  InvalidRuntime: 'The runtime or runtime version specified is not supported.',
  InvalidSecurityGroup:
    'The security group ID provided in the Lambda function VPC configuration is not valid.',
  InvalidStateKMSKey:
    "Lambda couldn't decrypt the environment variables because the state of the KMS key used is not valid for Decrypt. Check the function's KMS key settings.",
  InvalidSubnet: 'The subnet ID provided in the Lambda function VPC configuration is not valid.',
  InvalidZipFileException: 'Lambda could not unzip the deployment package.',
  KMSKeyAccessDenied:
    "Lambda couldn't decrypt the environment variables because KMS access was denied. Check the Lambda function's KMS permissions.",
  KMSKeyNotFound:
    "Lambda couldn't decrypt the environment variables because the KMS key was not found. Check the function's KMS key settings.",
  ServiceQuotaExceededException: 'A quota of the account has been reached.',
  SubnetOutOfIPAddresses:
    "Lambda couldn't set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.",
  VcpuLimitExceeded: 'The limit of vCPUs of the account has been reached.',
} as const;

export type UpdateFailureCode = keyof typeof UPDATE_FAILURES;

/** An update that is accepted and fails when its time is over. */
export interface UpdateFailure {
  readonly reasonCode: UpdateFailureCode;
  /**
   * What GetFunctionConfiguration shows afterwards. "Lambda aborts the update and the function's previous
   * code and configuration remain available" (Lambda guide, "Lambda function states", 2022-11): invocations
   * go on with what was in effect before. Whether that is also what is shown, AWS does not say; `attempted`
   * shows what the update would have set. @default 'previous'
   */
  readonly shows?: 'previous' | 'attempted';
}
