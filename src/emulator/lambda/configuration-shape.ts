import type { EmbeddedFunction } from './embedded-function.ts';
import type { LatestVersion } from './latest-version.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { CurrentState } from './function-state.ts';
import type { PublishedVersion } from './function-versions.ts';
import { UPDATE_FAILURES } from './update-failure.ts';

type Shape = Readonly<Record<string, unknown>>;

/** `FunctionConfiguration` of $LATEST. The ARN carries a qualifier where the request had one. */
export function latestShape(fn: EmbeddedFunction, qualifier: string | null): Shape {
  return {
    ...listedLatestShape(fn),
    FunctionArn: qualifier === null ? fn.arn : `${fn.arn}:${qualifier}`,
    ...stateShape(fn.state.current()),
    ...lastUpdateShape(fn.latest()),
  };
}

function lastUpdateShape({ updateEndsAtMs, updateFailure }: LatestVersion): Shape {
  if (updateEndsAtMs !== null) {
    return {
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
    };
  }
  return updateFailure === null
    ? { LastUpdateStatus: 'Successful' }
    : {
        LastUpdateStatus: 'Failed',
        LastUpdateStatusReason: UPDATE_FAILURES[updateFailure],
        LastUpdateStatusReasonCode: updateFailure,
      };
}

/** `FunctionConfiguration` of a published version, reached by its number or by an alias. */
export function versionShape(
  fn: EmbeddedFunction,
  version: PublishedVersion,
  qualifier: string = String(version.number),
): Shape {
  return {
    ...listedVersionShape(fn, version),
    FunctionArn: `${fn.arn}:${qualifier}`,
    ...stateShape(versionState(fn, version)),
    LastUpdateStatus: 'Successful',
  };
}

/** As in lists: without State and LastUpdateStatus, and $LATEST with its qualifier. */
export function listedLatestShape(fn: EmbeddedFunction): Shape {
  const { settings, revisionId, modifiedAtMs } = fn.latest();
  return {
    ...shape(fn, '$LATEST', settings, revisionId, modifiedAtMs),
    SnapStart: snapStartShape(settings, false),
  };
}

export function listedVersionShape(fn: EmbeddedFunction, version: PublishedVersion): Shape {
  const { number, settings, revisionId, publishedAtMs } = version;
  const active = versionState(fn, version).state === 'Active';
  return {
    ...shape(fn, String(number), settings, revisionId, publishedAtMs),
    SnapStart: snapStartShape(settings, active),
  };
}

function versionState(fn: EmbeddedFunction, version: PublishedVersion): CurrentState {
  if (fn.isPending(version)) {
    return {
      state: 'Pending',
      reason: 'The function is being created.',
      reasonCode: 'Creating',
    };
  }
  const failure = fn.publishFailure(version);
  if (failure === null) return { state: 'Active' };
  return { state: 'Failed', reason: failure.reason, reasonCode: failure.reasonCode };
}

function stateShape(current: CurrentState): Shape {
  return current.state === 'Active'
    ? { State: 'Active' }
    : { State: current.state, StateReason: current.reason, StateReasonCode: current.reasonCode };
}

/** Returns how SnapStart is set: only a version has a snapshot, and only once it is made. */
function snapStartShape({ snapStart }: FunctionSettings, made: boolean): Shape {
  return {
    ApplyOn: snapStart ? 'PublishedVersions' : 'None',
    OptimizationStatus: snapStart && made ? 'On' : 'Off',
  };
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
  const image = definition.packageType === 'Image';
  return {
    FunctionName: definition.name,
    FunctionArn: `${fn.arn}:${version}`,
    ...(image
      ? {}
      : { Runtime: definition.runtime, Handler: definition.handler ?? 'index.handler' }),
    Role: settings.role,
    CodeSize: 0,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    // Lambda writes the offset without a colon.
    LastModified: new Date(modifiedAtMs).toISOString().replace('Z', '+0000'),
    CodeSha256: settings.codeSha256,
    Version: version,
    ...(settings.environment === null ? {} : { Environment: { Variables: settings.environment } }),
    ...(settings.deadLetterArn === null
      ? {}
      : { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: revisionId,
    PackageType: definition.packageType ?? 'Zip',
    Architectures: [definition.architecture],
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    LoggingConfig: {
      LogFormat: log.logFormat,
      ...(log.applicationLogLevel === null ? {} : { ApplicationLogLevel: log.applicationLogLevel }),
      ...(log.systemLogLevel === null ? {} : { SystemLogLevel: log.systemLogLevel }),
      LogGroup: log.logGroup,
    },
    ...(definition.runtimeVersionArn === undefined
      ? {}
      : { RuntimeVersionConfig: { RuntimeVersionArn: definition.runtimeVersionArn } }),
    ...kindShape(definition),
  };
}

/** Tells what marks kinds of functions that are not like others. */
function kindShape(definition: FunctionDefinition): Shape {
  const { vpc, masterArn, capacityProviderArn, durable, tenantIsolation } = definition;
  return {
    ...(vpc === undefined
      ? {}
      : {
          VpcConfig: {
            SubnetIds: vpc.subnetIds,
            SecurityGroupIds: vpc.securityGroupIds,
            VpcId: vpc.vpcId,
            Ipv6AllowedForDualStack: false,
          },
        }),
    ...(masterArn === undefined ? {} : { MasterArn: masterArn }),
    ...(capacityProviderArn === undefined
      ? {}
      : {
          CapacityProviderConfig: {
            LambdaManagedInstancesCapacityProviderConfig: {
              CapacityProviderArn: capacityProviderArn,
            },
          },
        }),
    ...(durable === undefined
      ? {}
      : {
          DurableConfig: {
            ExecutionTimeout: durable.executionTimeoutSeconds,
            RetentionPeriodInDays: durable.retentionDays,
          },
        }),
    ...(tenantIsolation === true ? { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } } : {}),
  };
}
