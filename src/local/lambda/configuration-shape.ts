import type { EmbeddedFunction } from './embedded-function.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { PublishedVersion } from './function-versions.ts';

type Shape = Readonly<Record<string, unknown>>;

/** `FunctionConfiguration` of $LATEST. The ARN carries a qualifier where the request had one. */
export function latestShape(fn: EmbeddedFunction, qualifier: string | null): Shape {
  const latest = fn.latest();
  const updating = latest.updateEndsAtMs !== null;
  return {
    ...listedLatestShape(fn),
    FunctionArn: qualifier === null ? fn.arn : `${fn.arn}:${qualifier}`,
    State: 'Active',
    LastUpdateStatus: updating ? 'InProgress' : 'Successful',
    ...(updating
      ? {
          LastUpdateStatusReason: 'The function is being created.',
          LastUpdateStatusReasonCode: 'Creating',
        }
      : {}),
  };
}

/** `FunctionConfiguration` of a published version, reached by its number or by an alias. */
export function versionShape(
  fn: EmbeddedFunction,
  version: PublishedVersion,
  qualifier: string = String(version.number),
): Shape {
  const pending = fn.isPending(version);
  return {
    ...listedVersionShape(fn, version),
    FunctionArn: `${fn.arn}:${qualifier}`,
    ...(pending
      ? {
          State: 'Pending',
          StateReason: 'The function is being created.',
          StateReasonCode: 'Creating',
        }
      : { State: 'Active' }),
    LastUpdateStatus: 'Successful',
  };
}

/** As in lists: without State and LastUpdateStatus, and $LATEST with its qualifier. */
export function listedLatestShape(fn: EmbeddedFunction): Shape {
  const latest = fn.latest();
  return shape(fn, '$LATEST', latest.settings, latest.revisionId, latest.modifiedAtMs);
}

export function listedVersionShape(fn: EmbeddedFunction, version: PublishedVersion): Shape {
  const { number, settings, revisionId, publishedAtMs } = version;
  return shape(fn, String(number), settings, revisionId, publishedAtMs);
}

function shape(
  fn: EmbeddedFunction,
  version: string,
  settings: FunctionSettings,
  revisionId: string,
  modifiedAtMs: number,
): Shape {
  const { definition } = fn;
  const { log } = settings;
  return {
    FunctionName: definition.name,
    FunctionArn: `${fn.arn}:${version}`,
    Runtime: definition.runtime,
    Role: settings.role,
    Handler: definition.handler ?? 'index.handler',
    CodeSize: 0,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    // Lambda writes the offset without a colon.
    LastModified: new Date(modifiedAtMs).toISOString().replace('Z', '+0000'),
    CodeSha256: fn.codeSha256,
    Version: version,
    ...(settings.environment === null ? {} : { Environment: { Variables: settings.environment } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: revisionId,
    PackageType: 'Zip',
    Architectures: [definition.architecture],
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: {
      LogFormat: log.logFormat,
      ...(log.applicationLogLevel === null ? {} : { ApplicationLogLevel: log.applicationLogLevel }),
      ...(log.systemLogLevel === null ? {} : { SystemLogLevel: log.systemLogLevel }),
      LogGroup: log.logGroup,
    },
  };
}
