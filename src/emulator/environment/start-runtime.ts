import { environmentVariables, type EnvironmentFacts } from './environment-variables.ts';
import type { EnvironmentKind } from './environment-kind.ts';
import { RuntimeProcess, type RuntimeProcessOptions } from './runtime-process.ts';

/** What one environment has of its own when its process is started. */
export type OwnOfEnvironment = Pick<
  EnvironmentFacts,
  'settings' | 'runtimeApi' | 'logStream' | 'temporaryDirectory' | 'mark'
> &
  Pick<RuntimeProcessOptions, 'watch' | 'group' | 'log'>;

/** Starts the process of an environment, with the handler, the variables and the limits of its settings. */
export function startRuntime(kind: EnvironmentKind, own: OwnOfEnvironment): RuntimeProcess {
  const { location, inherited, runtime, meter } = kind;
  const { settings, runtimeApi, logStream, temporaryDirectory, mark, watch, group, log } = own;
  return new RuntimeProcess({
    location,
    memoryMb: settings.memoryMb,
    ephemeralStorageMb: settings.ephemeralStorageMb,
    variables: environmentVariables({
      settings,
      location,
      runtimeApi,
      logStream,
      temporaryDirectory,
      mark,
      inherited,
      ...(runtime === undefined ? {} : { runtime }),
      reportsUsage: meter.kind === 'posix',
    }),
    watch,
    group,
    log,
  });
}
