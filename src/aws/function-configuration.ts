import type { FunctionConfiguration as AwsFunctionConfiguration } from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '../contract/shared/function-configuration.ts';

/** Translates AWS's shape of a function into our words and units. */
export function toFunctionConfiguration(aws: AwsFunctionConfiguration): FunctionConfiguration {
  const name = aws.FunctionName ?? '';
  const logFormat = aws.LoggingConfig?.LogFormat ?? 'Text';
  return {
    functionName: name,
    functionArn: aws.FunctionArn ?? '',
    version: aws.Version ?? '$LATEST',
    memoryMb: aws.MemorySize ?? 128,
    timeoutSeconds: aws.Timeout ?? 3,
    description: aws.Description ?? '',
    revisionId: aws.RevisionId ?? '',
    codeSha256: aws.CodeSha256 ?? '',
    architecture: aws.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
    runtime: aws.Runtime ?? null,
    runtimeVersionArn: aws.RuntimeVersionConfig?.RuntimeVersionArn ?? null,
    packageType: aws.PackageType === 'Image' ? 'Image' : 'Zip',
    ephemeralStorageMb: aws.EphemeralStorage?.Size ?? 512,
    state: aws.State ?? 'Active',
    stateReason: aws.StateReason ?? null,
    lastUpdateStatus: aws.LastUpdateStatus ?? 'Successful',
    lastUpdateStatusReason: aws.LastUpdateStatusReason ?? null,
    lastUpdateStatusReasonCode: aws.LastUpdateStatusReasonCode ?? null,
    logFormat,
    applicationLogLevel:
      logFormat === 'JSON' ? (aws.LoggingConfig?.ApplicationLogLevel ?? null) : null,
    systemLogLevel: logFormat === 'JSON' ? (aws.LoggingConfig?.SystemLogLevel ?? 'INFO') : null,
    logGroup: aws.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    snapStart: aws.SnapStart?.ApplyOn === 'PublishedVersions',
    masterArn: aws.MasterArn ?? null,
    managedInstances: aws.CapacityProviderConfig !== undefined,
    durable: aws.DurableConfig !== undefined,
    tenantIsolation: aws.TenancyConfig !== undefined,
    layers: (aws.Layers ?? []).map((layer) => layer.Arn ?? ''),
  };
}
