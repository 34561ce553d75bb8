import path from 'node:path';
import type { RunEvent } from '../../contract/shared/run-event.ts';
import { applicationLines } from '../../core/platform-log/application-lines.ts';
import {
  createProcessHost,
  HandlerNotBuilt,
  locateHandler,
  type FunctionHost,
  type HandlerOutput,
  type ProcessHostOptions,
} from '../../emulator/index.ts';
import { memoryText } from '../../words/format/memory.ts';
import type { HandlerOptions } from '../shared/handler/handler-options.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import { locationNotices } from '../shared/handler/location-notices.ts';
import { idlePython } from '../shared/handler/idle-python.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { LocalSource } from '../shared/project/local-source.ts';
import { openEmbedded, type EmbeddedFunctionFacts } from './open-embedded.ts';
import type { OpenedTarget } from './opened-target.ts';
import { readSetting } from './read-quantities.ts';
import { cpuChoice, cpuProblem } from '../shared/handler/cpu-choice.ts';
import type { TargetOptions } from './target-options.ts';

/** What a local handler has before tuning, unless `--current` says otherwise. */
const DEFAULT_SETTING = '512MB/60s';

/** Returns a handler on this machine, as real processes behind the embedded endpoint. */
export async function openLocal(
  handler: string,
  options: TargetOptions,
  {
    stop,
    show,
    source = null,
  }: {
    readonly stop: AbortSignal;
    readonly show: (event: RunEvent) => void;
    readonly source?: LocalSource | null;
  },
): Promise<OpenedTarget> {
  const onOutput = ({ memoryMb, text }: HandlerOutput): void => {
    show({ kind: 'output', place: memoryText(memoryMb), lines: applicationLines(text) });
  };
  const verbose = options.verbose === true ? { onOutput } : {};
  const made = await localFunction(handler, options, verbose, source);
  const problems = idlePython(options, [made.runtime]);
  if (problems.length > 0) {
    await made.host.close();
    throw new UsageError(problems);
  }
  return openEmbedded(made, stop);
}

/**
 * Returns a handler on this machine as an embedded function, its host started.
 *
 * @param source what its template says of it
 * @throws {UsageError}
 */
export async function localFunction(
  handler: string,
  options: Pick<TargetOptions, 'current' | 'cpu' | 'seed'> & HandlerOptions,
  listener: Pick<ProcessHostOptions, 'onOutput'> = {},
  source: LocalSource | null = null,
): Promise<EmbeddedFunctionFacts> {
  const problems: string[] = [];
  const option = source === null ? '--local' : '--template';
  const located = await locateHandler(handler, source?.root ?? options.root, options.python);
  const surroundings = await readSurroundings(options, source);
  problems.push(...surroundings.problems);
  if (located.kind === 'problem') problems.push(`${option}: ${located.message}`);
  const current = readSetting('--current', options.current ?? settingOf(source));
  if (current.kind === 'problem') problems.push(current.problem);
  const cpu = cpuChoice(options);
  if (cpu === null) problems.push(cpuProblem(options.cpu));
  if (
    problems.length > 0 ||
    located.kind === 'problem' ||
    current.kind === 'problem' ||
    cpu === null
  ) {
    throw new UsageError(problems);
  }
  const { environment, layers, credentials, region, notices } = surroundings;
  const host = await startHost(option, {
    handler: located.location,
    cpu,
    variables: credentials,
    hidden: environment,
    ...listener,
  });
  return {
    name: source?.name ?? functionNameOf(handler),
    host,
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    runtime: located.runtime,
    ...current.value,
    ...(!source?.logFormat ? {} : { logFormat: source.logFormat }),
    ...(!source?.ephemeralStorageMb ? {} : { ephemeralStorageMb: source.ephemeralStorageMb }),
    region,
    environment: { ...layers, ...environment },
    notices: [...notices, ...locationNotices(handler, located.location, source?.runtime)],
    seed: options.seed === undefined ? undefined : Number(options.seed),
  };
}

/** @throws {UsageError} where the handler is TypeScript that cannot be bundled */
async function startHost(option: string, options: ProcessHostOptions): Promise<FunctionHost> {
  try {
    return await createProcessHost(options);
  } catch (error) {
    if (error instanceof HandlerNotBuilt) throw new UsageError([`${option}: ${error.message}`]);
    throw error;
  }
}

/** What a template says of a function's size and timeout; what it does not say is as for any handler. */
function settingOf(source: LocalSource | null): string {
  if (source === null) return DEFAULT_SETTING;
  const [memory = '', timeout = ''] = DEFAULT_SETTING.split('/');
  const { memoryMb, timeoutSeconds } = source;
  return `${memoryMb === null ? memory : `${memoryMb}MB`}/${timeoutSeconds === null ? timeout : `${timeoutSeconds}s`}`;
}

/** Returns a function's name made of a path: `examples/thumbnail/handler.mjs` is `thumbnail-handler`. */
function functionNameOf(handler: string): string {
  const file = path.resolve(handler.replace(/#.*$/, ''));
  const parts = [path.basename(path.dirname(file)), path.basename(file, path.extname(file))];
  const name = parts
    .join('-')
    .replace(/[^a-zA-Z0-9-_]+/g, '-')
    .replace(/^-+/, '');
  return name.slice(0, 64) || 'handler';
}
