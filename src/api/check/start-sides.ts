import {
  CoreQueue,
  createProcessHost,
  machineCores,
  type FunctionDefinition,
} from '../../emulator/index.ts';
import { cpuChoice } from '../shared/handler/cpu-choice.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-target.ts';
import type { SideHandler } from './find-side-handlers.ts';
import type { SidesTerms } from './opened-sides.ts';

const LOCAL_TIMEOUT_SECONDS = 60;

interface StartTerms extends Pick<SidesTerms, 'onOutput'> {
  readonly target: CheckedTarget;
  readonly options: CheckSettings;
  /** How many processes serve a side in turn. */
  readonly spread: number;
}

/** Both sides as functions of one endpoint. */
export interface StartedSides {
  readonly functions: readonly FunctionDefinition[];
  /** How the CPU share of their processes is made. */
  readonly cpu: string | null;
}

/** Starts a host for each side, one after the other: both take their turns at the same processors. */
export async function startSides(
  handlers: readonly SideHandler[],
  { target, options, spread, onOutput }: StartTerms,
): Promise<StartedSides> {
  const wantedCpu = cpuChoice(options) ?? 'auto';
  let cpu: StartedSides['cpu'] = null;
  const cores = machineCores();
  const queue = new CoreQueue(cores);
  const functions: FunctionDefinition[] = [];
  for (const { name, source, handler, surroundings } of handlers) {
    const { environment, layers, credentials: variables, region } = surroundings;
    const host = await createProcessHost({
      handler: handler.location,
      cpu: wantedCpu,
      cores,
      queue,
      spread,
      variables,
      hidden: environment,
      ...(options.verbose === true ? { onOutput: ({ text }) => onOutput(name, text) } : {}),
    });
    cpu ??= host.cpu;
    functions.push({
      name,
      host,
      architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      runtime: handler.runtime,
      memoryMb: target.memoryMb,
      timeoutSeconds: source?.timeoutSeconds ?? LOCAL_TIMEOUT_SECONDS,
      ...(!source?.logFormat ? {} : { logFormat: source.logFormat }),
      ...(!source?.ephemeralStorageMb ? {} : { ephemeralStorageMb: source.ephemeralStorageMb }),
      region,
      environment: { ...layers, ...environment },
    });
  }
  return { functions, cpu };
}
