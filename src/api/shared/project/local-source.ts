import path from 'node:path';
import type { LogFormat } from '../../../contract/shared/function-configuration.ts';
import type { Project, ProjectCode, ProjectFunction } from '../../../project/project-function.ts';
import { filesOfThisMachine } from '../../../project/files-of-this-machine.ts';
import { valueIfKnown, Unknown, type Setting } from '../../../project/values/value.ts';
import { handlerSpec } from './handler-spec.ts';
import { layerVariables } from './layer-variables.ts';

/** A function out of a template in the words of local runs: what `--local` names, and what it has around it. */
export interface LocalSource {
  readonly name: string;
  /** As `--local` takes it. */
  readonly handler: string;
  readonly root: string;
  /** As the template says it, such as `python3.12`. */
  readonly runtime: string | null;
  readonly memoryMb: number | null;
  readonly timeoutSeconds: number | null;
  readonly logFormat: LogFormat | null;
  readonly ephemeralStorageMb: number | null;
  /** Variables of the template: handed over, and printed nowhere. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of the template that nobody knows here, and why. */
  readonly unset: ProjectFunction['unset'];
  /** Where its layers are. */
  readonly layers: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
}

export type FoundSource =
  | { readonly kind: 'found'; readonly source: LocalSource }
  | { readonly kind: 'problem'; readonly problem: string };

/** A name that Lambda takes ("FunctionName", Lambda API reference, 2026-11). */
const NAME = /^[a-zA-Z0-9-_]{1,64}$/;

/**
 * Returns what running a function of a template here takes, or why it cannot be run.
 *
 * @param root a folder that holds its code, in place of what the template says
 */
export function localSource(
  project: Project,
  own: ProjectFunction,
  root: string | undefined,
): FoundSource {
  const at = own.line === null ? project.file : `${project.file}:${own.line}`;
  const problem = (text: string): FoundSource => ({
    kind: 'problem',
    problem: `--template: ${own.resource} (${at}): ${text}`,
  });
  const code: ProjectCode =
    root === undefined ? own.code : { kind: 'folder', folder: path.resolve(root) };
  if (code.kind === 'elsewhere') return problem(code.why);
  const runtime = unlessUnknown(own.runtime);
  if (runtime.why !== null) return problem(`its runtime is not known: ${runtime.why}`);
  const handler = unlessUnknown(own.handler);
  if (handler.why !== null) return problem(`its handler is not known: ${handler.why}`);
  // The framework has a default of its own, which is a Node.
  const runsOn = runtime.value ?? (project.format === 'serverless' ? 'nodejs' : null);
  const spec = handlerSpec(code, runsOn, handler.value, filesOfThisMachine);
  if (spec.kind === 'problem') return problem(`${spec.problem}${buildAdvice(project, own)}`);
  const layers = own.layers.flatMap((each) => (each.kind === 'folder' ? [each.folder] : []));
  const name = own.name !== null && NAME.test(own.name) ? own.name : own.resource;
  return {
    kind: 'found',
    source: {
      name: NAME.test(name) ? name : name.replaceAll(/[^a-zA-Z0-9-_]+/g, '-').slice(0, 64),
      handler: spec.spec,
      root: code.folder,
      runtime: runsOn,
      memoryMb: valueOrDefault(own.memoryMb, project.defaults.memoryMb),
      timeoutSeconds: valueOrDefault(own.timeoutSeconds, project.defaults.timeoutSeconds),
      logFormat: valueIfKnown(own.logFormat),
      ephemeralStorageMb: valueIfKnown(own.ephemeralStorageMb),
      environment: own.environment,
      unset: own.unset,
      layers: layerVariables(layers, runsOn),
      notices: [...spec.notices, ...noticesOf(project, own)],
    },
  };
}

function valueOrDefault(setting: Setting<number>, byDefault: number): number | null {
  return setting instanceof Unknown ? null : (setting ?? byDefault);
}

function unlessUnknown(setting: Setting<string>): {
  readonly value: string | null;
  readonly why: string | null;
} {
  return setting instanceof Unknown
    ? { value: null, why: setting.why }
    : { value: setting, why: null };
}

/** What there is to know about a function of a template before it runs. */
function noticesOf(project: Project, own: ProjectFunction): readonly string[] {
  const { build, resource } = own;
  const machine = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const architecture = valueIfKnown(own.architecture) ?? 'x86_64';
  return [
    ...project.notices,
    ...(build?.state === 'older'
      ? [
          `The build of ${resource} is older than ${build.newer ?? 'its source'}, and it is the build that runs: ${build.command} makes it anew.`,
        ]
      : []),
    ...(architecture === machine
      ? []
      : [
          `${resource} is to run on ${architecture}, this machine is ${machine}: durations and prices here are of ${machine}.`,
        ]),
    ...(own.memoryMb instanceof Unknown
      ? [`The memory of ${resource} is not known: ${own.memoryMb.why}.`]
      : []),
    ...(own.timeoutSeconds instanceof Unknown
      ? [`The timeout of ${resource} is not known: ${own.timeoutSeconds.why}.`]
      : []),
    ...own.layers.flatMap((layer) =>
      layer.kind === 'elsewhere' ? [`${resource} runs without a layer: ${layer.why}.`] : [],
    ),
  ];
}

function buildAdvice(project: Project, own: ProjectFunction): string {
  const isSam =
    project.format === 'cloudformation' &&
    own.build === null &&
    !project.file.endsWith('.template.json');
  return isSam ? '. Where it is built by SAM, sam build makes what runs' : '';
}
