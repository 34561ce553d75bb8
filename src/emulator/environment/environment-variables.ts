import path from 'node:path';
import type { VariantSettings } from '../lambda/function-host.ts';
import type { HandlerLocation } from './handler-location.ts';
import { taskRootOf } from './task-root.ts';

/** Marks every process of an environment, so that none is missed when it ends: `<run id>/<number>`. */
export const ENVIRONMENT_MARK = 'POWERDIAL_ENVIRONMENT';

/** Tells our own runtime to say with each request what it has used; it hides it from the handler. */
const USAGE_VARIABLE = 'POWERDIAL_REPORTS_USAGE';

export interface EnvironmentFacts {
  readonly settings: VariantSettings;
  readonly location: HandlerLocation;
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  readonly logStream: string;
  /** A folder of its own for temporary files, which stands in for Lambda's `/tmp`. */
  readonly temporaryDirectory: string;
  readonly mark: string;
  /** Whether the runtime is to tell what it uses: the meter cannot see it by itself. */
  readonly reportsUsage: boolean;
  /** Such as `nodejs24.x`. @default the Node, or the Python, that runs here */
  readonly runtime?: string;
  /** Variables that it takes over from the environment of this program. */
  readonly inherited: Readonly<Record<string, string>>;
}

/**
 * Returns the variables of one environment: Lambda's, the function's own, and `PATH`, so that an interpreter
 * is found. Nothing else of the caller's environment is passed on, and no credentials unless they were handed
 * over: `HOME` is an empty folder (the SDKs would read `~/.aws` there) and the instance's role is out of
 * reach.
 */
export function environmentVariables(facts: EnvironmentFacts): Record<string, string> {
  const { settings, location } = facts;
  const root = taskRootOf(location);
  const region = settings.functionArn.split(':')[3] ?? '';
  return {
    PATH: searchPath(location),
    HOME: facts.temporaryDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...facts.inherited,
    ...settings.environment,
    // Lambda reserves what follows: a function cannot set it.
    TMPDIR: facts.temporaryDirectory,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: settings.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    ...(settings.applicationLogLevel === undefined
      ? {}
      : { AWS_LAMBDA_LOG_LEVEL: settings.applicationLogLevel }),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    PWD: root,
    LAMBDA_TASK_ROOT: root,
    LAMBDA_RUNTIME_DIR: path.dirname(location.file),
    _HANDLER: handlerName(location),
    ...executionEnvironment(facts),
    ...(facts.reportsUsage ? { [USAGE_VARIABLE]: '1' } : {}),
    [ENVIRONMENT_MARK]: facts.mark,
  };
}

/** The interpreter's folder comes first, as `/var/lang/bin` does on Lambda: what a handler starts is the same one. */
function searchPath(location: HandlerLocation): string {
  const own = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
  return location.kind === 'python' ? `${path.dirname(location.interpreter.command)}:${own}` : own;
}

/** A custom runtime has none. */
function executionEnvironment({
  location,
  runtime,
}: EnvironmentFacts): Readonly<Record<string, string>> {
  const name = (own: string): Readonly<Record<string, string>> => ({
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime ?? own}`,
  });
  switch (location.kind) {
    case 'node':
      return name(`nodejs${process.versions.node.split('.')[0] ?? ''}.x`);
    case 'python':
      return name(`python3.${location.interpreter.minor}`);
    case 'bootstrap':
      return {};
  }
}

/** As the `Handler` setting would name it: `src/app.handler` for `src/app.mjs#handler`. */
function handlerName(location: HandlerLocation): string {
  if (location.kind === 'bootstrap') return 'bootstrap';
  if (location.kind === 'python') return `${location.module}.${location.exportName}`;
  const { dir, name } = path.parse(path.relative(taskRootOf(location), location.file));
  return `${path.join(dir, name)}.${location.exportName}`;
}
