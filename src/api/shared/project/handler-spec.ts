import path from 'node:path';
import { nearest } from '../../../contract/shared/nearest.ts';
import type { ProjectCode } from '../../../project/project-function.ts';
import type { ProjectFiles } from '../../../project/project-files.ts';

export type HandlerSpec =
  | { readonly kind: 'found'; readonly spec: string; readonly notices: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: string };

/** In the order in which they are looked for: what Lambda's runtime loads, then what is bundled to it. */
const NODE = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx'];

/**
 * Returns what `--local` would name for a function: runtimes that do not run here are refused by name, and a
 * handler that is not in the code is said before anything starts.
 */
export function handlerSpec(
  code: Extract<ProjectCode, { readonly kind: 'folder' }>,
  runtime: string | null,
  handler: string | null,
  files: ProjectFiles,
): HandlerSpec {
  const kind = kindOf(runtime);
  if (kind === null) {
    return problem(
      runtime === null
        ? 'it has no runtime'
        : `its runtime ${runtime} does not run here; Node (nodejs…), Python (python3…) and programs named bootstrap (provided…) do`,
    );
  }
  if (kind === 'bootstrap') {
    return files.kindOf(path.join(code.folder, 'bootstrap')) === 'file'
      ? { kind: 'found', spec: code.folder, notices: [] }
      : problem(`there is no program named bootstrap in ${code.folder}; build it first`);
  }
  if (handler === null) return problem('it has no handler');
  if (kind === 'python') return pythonSpec(code, handler, files);
  const dot = handler.lastIndexOf('/') + 1 + path.posix.basename(handler).indexOf('.');
  const [module, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  if (!path.posix.basename(handler).includes('.')) {
    return problem(`its handler ${handler} is none: wanted module.export`);
  }
  const built = NODE.map((extension) => path.join(code.folder, `${module}${extension}`));
  const entry = entryOf(code, module);
  const file = [...built, ...(entry === null ? [] : [entry])].find(
    (each) => files.kindOf(each) === 'file',
  );
  if (file === undefined) {
    return problem(
      `its handler ${handler} is not in ${code.folder}${meant(code.folder, module, files)}`,
    );
  }
  return {
    kind: 'found',
    spec: `${file}#${exportName}`,
    notices: versionNotices(runtime),
  };
}

/** The last dot divides module and function, and dots before it lead into packages as slashes do. */
function pythonSpec(
  code: Extract<ProjectCode, { readonly kind: 'folder' }>,
  handler: string,
  files: ProjectFiles,
): HandlerSpec {
  const dot = handler.lastIndexOf('.');
  if (dot < 1) return problem(`its handler ${handler} is none: wanted module.function`);
  const place = path.join(code.folder, handler.slice(0, dot).replaceAll('.', '/'));
  const file = [`${place}.py`, path.join(place, '__init__.py')].find(
    (each) => files.kindOf(each) === 'file',
  );
  return file === undefined
    ? problem(`its handler ${handler} is not in ${code.folder}`)
    : { kind: 'found', spec: `${file}#${handler.slice(dot + 1)}`, notices: [] };
}

function kindOf(runtime: string | null): 'node' | 'python' | 'bootstrap' | null {
  if (runtime?.startsWith('nodejs') === true) return 'node';
  if (runtime?.startsWith('python3') === true) return 'python';
  return runtime?.startsWith('provided') === true ? 'bootstrap' : null;
}

/**
 * SAM's esbuild puts what it makes of `src/app.ts` into the build as `app.js`, which the handler names. Without
 * a build the entry itself runs.
 */
function entryOf(
  { folder, entries = [] }: Extract<ProjectCode, { readonly kind: 'folder' }>,
  module: string,
): string | null {
  const bare = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '');
  const entry = entries.find(
    (each) =>
      bare(each) === module || path.posix.basename(bare(each)) === path.posix.basename(module),
  );
  return entry === undefined ? null : path.join(folder, entry);
}

function versionNotices(runtime: string | null): readonly string[] {
  const here = `nodejs${process.versions.node.split('.')[0] ?? ''}.x`;
  return runtime === null || runtime === here || runtime === 'nodejs'
    ? []
    : [`The template says ${runtime}; here ${here} runs it, the Node of this command.`];
}

function meant(folder: string, module: string, files: ProjectFiles): string {
  const within = path.join(folder, path.posix.dirname(module));
  const names = files.list(within).filter((name) => NODE.includes(path.extname(name)));
  const found = nearest(
    path.posix.basename(module),
    names.map((name) => path.parse(name).name),
  );
  return found === null ? '' : `; did you mean ${found}?`;
}

function problem(text: string): HandlerSpec {
  return { kind: 'problem', problem: text };
}
