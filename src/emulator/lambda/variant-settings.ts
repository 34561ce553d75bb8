import type { FunctionDefinition } from './function-definition.ts';
import type { VariantSettings } from './function-host.ts';
import type { FunctionSettings } from './function-settings.ts';

/** Tells what a host is told of the version that it runs. */
export function variantSettings(
  fn: { readonly definition: FunctionDefinition; readonly arn: string },
  version: string,
  from: { readonly settings: FunctionSettings; readonly revisionId: string },
): VariantSettings {
  const { memoryMb, timeoutSeconds, ephemeralStorageMb, environment, log, snapStart } =
    from.settings;
  return {
    functionName: fn.definition.name,
    functionArn: fn.arn,
    version,
    revisionId: from.revisionId,
    memoryMb,
    timeoutSeconds,
    ephemeralStorageMb,
    environment: environment ?? {},
    logFormat: log.logFormat,
    systemLogLevel: log.systemLogLevel ?? 'INFO',
    ...(log.applicationLogLevel === null ? {} : { applicationLogLevel: log.applicationLogLevel }),
    logGroup: log.logGroup,
    snapStart: snapStart && version !== '$LATEST',
  };
}
