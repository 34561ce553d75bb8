import {
  MAX_TIMEOUT_SECONDS,
  MIN_MEMORY_MB,
  MIN_TIMEOUT_SECONDS,
} from '../../contract/shared/memory.ts';
import type { LogFormat, SystemLogLevel } from '../../contract/shared/function-configuration.ts';
import { Constraints } from './constraints.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { ApplicationLogLevel, FunctionSettings, LogSettings } from './function-settings.ts';
import { invalidParameter, validation } from './lambda-exception.ts';
import type { RequestBody } from './request-body.ts';

// The model's upper bound counts Lambda Managed Instances in; what an account may have is less.
const MODEL_MAX_MEMORY_MB = 32_768;
const MAX_ENVIRONMENT_BYTES = 4096;

const MEMBERS = [
  'MemorySize',
  'Timeout',
  'Description',
  'EphemeralStorage',
  'Environment',
  'LoggingConfig',
  'Role',
  'SnapStart',
  'DeadLetterConfig',
  'Handler',
  'Runtime',
  'RevisionId',
];

/**
 * Reads an UpdateFunctionConfiguration request for a function.
 *
 * @param maxMemoryMb the account's cap
 * @throws {LambdaException} naming what is out of bounds; nothing has changed then
 */
export function readConfigurationChange(
  body: RequestBody,
  definition: FunctionDefinition,
  maxMemoryMb: number,
): (before: FunctionSettings) => FunctionSettings {
  body.refuseOthers(MEMBERS, 'UpdateFunctionConfiguration');
  const memoryMb = body.integer('MemorySize');
  const timeoutSeconds = body.integer('Timeout');
  const description = body.string('Description');
  const ephemeralStorageMb = body.object('EphemeralStorage')?.integer('Size') ?? null;
  const environment = body.object('Environment')?.strings('Variables') ?? null;
  const log = readLogChange(body.object('LoggingConfig'));
  const role = body.string('Role');
  const applyOn = body.object('SnapStart')?.string('ApplyOn') ?? null;
  const deadLetterArn = body.object('DeadLetterConfig')?.string('TargetArn') ?? null;
  new Constraints()
    .range('memorySize', memoryMb, MIN_MEMORY_MB, MODEL_MAX_MEMORY_MB)
    .range('timeout', timeoutSeconds, MIN_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS)
    .range('ephemeralStorage.size', ephemeralStorageMb, 512, 10_240)
    .length('description', description, 256)
    .oneOf('snapStart.applyOn', applyOn, ['PublishedVersions', 'None'])
    .check();
  if (memoryMb !== null) checkMemory(memoryMb, definition, maxMemoryMb);
  if (environment !== null) checkEnvironment(environment);
  refuseOtherCode(body, definition);
  return (before) => ({
    memoryMb: memoryMb ?? before.memoryMb,
    timeoutSeconds: timeoutSeconds ?? before.timeoutSeconds,
    description: description ?? before.description,
    ephemeralStorageMb: ephemeralStorageMb ?? before.ephemeralStorageMb,
    environment: environment ?? before.environment,
    log: log(before.log),
    role: role ?? before.role,
    snapStart: applyOn === null ? before.snapStart : applyOn === 'PublishedVersions',
    // An empty ARN takes the queue away.
    deadLetterArn: deadLetterArn === null ? before.deadLetterArn : deadLetterArn || null,
    codeSha256: before.codeSha256,
  });
}

/** An account's cap has a sentence of its own on Lambda; the host's reason follows it here. */
function checkMemory(memoryMb: number, definition: FunctionDefinition, maxMemoryMb: number): void {
  const { host } = definition;
  const capMb = Math.min(maxMemoryMb, host.maxMemoryMb);
  const reason = host.refuses(memoryMb);
  if (memoryMb > capMb) {
    throw validation(
      `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${capMb}${reason === null ? '' : ` (${reason})`}`,
    );
  }
  if (reason !== null) {
    throw validation(
      `'MemorySize' value failed to satisfy constraint: the embedded endpoint cannot give ${definition.name} ${memoryMb} MB (${reason})`,
    );
  }
}

function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(environment);
  if (Buffer.byteLength(text) > MAX_ENVIRONMENT_BYTES) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    );
  }
}

/** Refuses other code: what runs is fixed when the endpoint starts. */
function refuseOtherCode(body: RequestBody, definition: FunctionDefinition): void {
  const runtime = body.string('Runtime');
  const handler = body.string('Handler');
  if (
    (runtime !== null && runtime !== definition.runtime) ||
    (handler !== null && handler !== (definition.handler ?? 'index.handler'))
  ) {
    throw invalidParameter(
      'The embedded Lambda endpoint cannot change Runtime or Handler of a function; start it with the other one.',
    );
  }
}

/** LoggingConfig changes member by member; JSON brings levels with it, and Text takes them away. */
function readLogChange(body: RequestBody | null): (before: LogSettings) => LogSettings {
  if (body === null) return (before) => before;
  const logFormat = body.string('LogFormat');
  const applicationLogLevel = body.string('ApplicationLogLevel');
  const systemLogLevel = body.string('SystemLogLevel');
  const logGroup = body.string('LogGroup');
  new Constraints()
    .oneOf('loggingConfig.logFormat', logFormat, ['JSON', 'Text'])
    .oneOf('loggingConfig.applicationLogLevel', applicationLogLevel, [
      'TRACE',
      'DEBUG',
      'INFO',
      'WARN',
      'ERROR',
      'FATAL',
    ])
    .oneOf('loggingConfig.systemLogLevel', systemLogLevel, ['DEBUG', 'INFO', 'WARN'])
    .length('loggingConfig.logGroup', logGroup, 512)
    .check();
  return (before) => {
    const format = (logFormat as LogFormat | null) ?? before.logFormat;
    if (format === 'Text' && (applicationLogLevel !== null || systemLogLevel !== null)) {
      throw invalidParameter(
        'To set ApplicationLogLevel or SystemLogLevel, LogFormat must be JSON.',
      );
    }
    return {
      logFormat: format,
      applicationLogLevel:
        format === 'Text'
          ? null
          : ((applicationLogLevel as ApplicationLogLevel | null) ??
            before.applicationLogLevel ??
            'INFO'),
      systemLogLevel:
        format === 'Text'
          ? null
          : ((systemLogLevel as SystemLogLevel | null) ?? before.systemLogLevel ?? 'INFO'),
      logGroup: logGroup ?? before.logGroup,
    };
  };
}
