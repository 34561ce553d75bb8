import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
  type LoggingConfig,
} from '@aws-sdk/client-lambda';
import type { ReadConfiguration, UpdateConfiguration } from '../contract/shared/deps.ts';
import type { LoggingConfiguration } from '../contract/shared/function-configuration.ts';
import { toFunctionConfiguration } from './function-configuration.ts';
import { translateErrors } from './translate-error.ts';

export function readConfiguration(client: LambdaClient): ReadConfiguration {
  return ({ functionName, qualifier }) =>
    translateErrors('lambda:GetFunctionConfiguration', functionName, async () =>
      toFunctionConfiguration(
        await client.send(
          new GetFunctionConfigurationCommand({
            FunctionName: functionName,
            ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
          }),
        ),
      ),
    );
}

export function updateConfiguration(client: LambdaClient): UpdateConfiguration {
  return (change) =>
    translateErrors('lambda:UpdateFunctionConfiguration', change.functionName, async () =>
      toFunctionConfiguration(
        await client.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: change.functionName,
            RevisionId: change.revisionId,
            ...(change.memoryMb === undefined ? {} : { MemorySize: change.memoryMb }),
            ...(change.timeoutSeconds === undefined ? {} : { Timeout: change.timeoutSeconds }),
            ...(change.description === undefined ? {} : { Description: change.description }),
            ...(change.logging === undefined
              ? {}
              : { LoggingConfig: toLoggingConfig(change.logging) }),
          }),
        ),
      ),
    );
}

function toLoggingConfig(logging: LoggingConfiguration): LoggingConfig {
  const { logFormat, applicationLogLevel, systemLogLevel, logGroup } = logging;
  return {
    LogFormat: logFormat,
    ...(applicationLogLevel === null ? {} : { ApplicationLogLevel: applicationLogLevel }),
    SystemLogLevel: systemLogLevel,
    LogGroup: logGroup,
  };
}
