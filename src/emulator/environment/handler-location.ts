import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { readNotation } from './handler-notation.ts';
import { isTypeScript, TYPESCRIPT_EXTENSIONS } from './is-typescript.ts';
import { findPython } from './python/find-python.ts';
import {
  DEFAULT_PYTHON_EXPORT,
  isBelow,
  PYTHON_EXTENSION,
  pythonFile,
  pythonNotation,
} from './python/locate-python.ts';
import type { PythonInterpreter } from './python/python-interpreter.ts';
import { nearestTaskRoot } from './task-root.ts';

/** A function's code on this machine. */
export type HandlerLocation =
  | {
      readonly kind: 'node';
      /** The module, as an absolute path. */
      readonly file: string;
      /** The file that it was bundled to, where it is TypeScript. */
      readonly built?: string;
      /** The export to call; dots reach into nested objects, as on Lambda. */
      readonly exportName: string;
      /** The folder that stands for Lambda's `/var/task`. @default the file's own */
      readonly root?: string;
    }
  | {
      readonly kind: 'python';
      /** The module's file, as an absolute path. */
      readonly file: string;
      /** The module from the root, as Lambda's `Handler` names it: `src/app`. */
      readonly module: string;
      /** The function to call. */
      readonly exportName: string;
      /** The folder that stands for Lambda's `/var/task`. */
      readonly root: string;
      readonly interpreter: PythonInterpreter;
      /** Folders that stand for Lambda's `/opt`. @default that one */
      readonly layers?: readonly string[];
    }
  | {
      readonly kind: 'bootstrap';
      /** The executable, as an absolute path. */
      readonly file: string;
      /** The folder that stands for Lambda's `/var/task`. @default the file's own */
      readonly root?: string;
    };

/** A handler that was found, or why not, in words for the person who named it. */
export type LocatedHandler =
  | {
      readonly kind: 'found';
      readonly location: HandlerLocation;
      /** In AWS's words, such as `nodejs20.x`, or `provided.al2023` for an executable. */
      readonly runtime: string;
    }
  | {
      readonly kind: 'problem';
      readonly message: string;
      /** Nothing is there under this name. */
      readonly isMissing: boolean;
    };

/** In the order in which Lambda's runtime looks for them. */
const NODE_EXTENSIONS: readonly string[] = ['.js', '.mjs', '.cjs'];
const BOOTSTRAP = 'bootstrap';
const HOW =
  'Name a Node module (app.mjs, or app.mjs#export), one in Python (app.py#handler), a handler as Lambda does (src/app.handler), or a folder with an executable bootstrap.';

/** Where a handler is to run. */
interface Place {
  readonly root: string | null;
  readonly python: string | undefined;
}

/**
 * Finds the handler that `--local` names: a Node module (`app.mjs` for its export `handler`,
 * `app.mjs#other` for another), a Python module (`app.py` for its `lambda_handler`, `app.py#other`),
 * Lambda's own notation (`src/app.handler`), or a folder that holds an executable `bootstrap`. Whether the
 * export exists only shows when the module is loaded, so it is an init error here as on Lambda.
 *
 * @param root the folder that stands for `/var/task`; without it, for Node the nearest one with a
 * package.json, for Python the one that Lambda's notation counts from, or the file's own
 * @param python for handlers in it: an interpreter, a name on PATH, or a virtual environment
 */
export async function locateHandler(
  spec: string,
  root?: string,
  python?: string,
): Promise<LocatedHandler> {
  const folder = root === undefined ? null : path.resolve(root);
  if (folder !== null && (await kindOf(folder)) !== 'folder') {
    return problem(`The root ${root} (${folder}) is no folder.`);
  }
  const place = { root: folder, python };
  // With a root, names count from there first, as Lambda's do.
  const fromRoot = folder === null ? null : await locate(path.resolve(folder, spec), place);
  const located =
    fromRoot === null || (fromRoot.kind === 'problem' && fromRoot.isMissing)
      ? await locate(spec, place)
      : fromRoot;
  if (located.kind === 'problem' || folder === null) return located;
  return { ...located, location: { ...located.location, root: folder } };
}

async function locate(spec: string, place: Place): Promise<LocatedHandler> {
  const whole = await kindOf(spec);
  // A file's own name may hold a '#': what exists as it stands is meant as it stands.
  const hash = whole === 'nothing' ? spec.lastIndexOf('#') : -1;
  const name = hash === -1 ? spec : spec.slice(0, hash);
  const exportName = hash === -1 ? null : spec.slice(hash + 1);
  const kind = hash === -1 ? whole : await kindOf(name);
  const file = path.resolve(name);

  switch (kind) {
    case 'nothing': {
      const noted = hash === -1 ? await locateNoted(spec, place) : null;
      if (noted !== null) return noted;
      return {
        ...problem(`No handler at ${name} (${file}): there is no such file or folder. ${HOW}`),
        isMissing: true,
      };
    }
    case 'folder':
      return locateBootstrap(path.join(file, BOOTSTRAP), name);
    case 'file':
      if (path.basename(file) === BOOTSTRAP) return locateBootstrap(file, path.dirname(name));
      return path.extname(file) === PYTHON_EXTENSION
        ? locatePython(file, name, exportName ?? DEFAULT_PYTHON_EXPORT, place)
        : locateModule(file, name, exportName ?? 'handler');
  }
}

/** Lambda's own notation, `src/app.handler`: the module is looked for as Lambda's runtimes do. */
async function locateNoted(spec: string, place: Place): Promise<LocatedHandler | null> {
  const noted = readNotation(spec);
  if (noted !== null) {
    for (const extension of [...NODE_EXTENSIONS, ...TYPESCRIPT_EXTENSIONS]) {
      const file = `${path.resolve(noted.module)}${extension}`;
      if ((await kindOf(file)) === 'file') return locateModule(file, file, noted.exportName);
    }
  }
  const from = place.root ?? process.cwd();
  const inPython = pythonNotation(spec, from);
  if (inPython === null) return null;
  const { file, exportName } = inPython;
  // An absolute path is no name that counts from anywhere; nor is one that leads out of the folder.
  const counts = place.root !== null || (!path.isAbsolute(spec) && isBelow(file, from));
  return locatePython(file, file, exportName, counts ? { ...place, root: from } : place);
}

async function locatePython(
  file: string,
  name: string,
  exportName: string,
  { root, python }: Place,
): Promise<LocatedHandler> {
  if (exportName === '') return problem(emptyExportText(name));
  const located = pythonFile(file, exportName, root);
  if (located === null) {
    return problem(
      `${name} (${file}) does not lie in the root ${root}, and Python imports nothing from elsewhere. Name another --root.`,
    );
  }
  const found = await findPython(python, located);
  if (found.kind === 'problem') return problem(found.message);
  const { interpreter } = found;
  return {
    kind: 'found',
    location: { kind: 'python', ...located, interpreter },
    runtime: `python3.${interpreter.minor}`,
  };
}

function locateModule(file: string, name: string, exportName: string): LocatedHandler {
  if (!NODE_EXTENSIONS.includes(path.extname(file)) && !isTypeScript(file)) {
    return problem(
      `${name} is neither a Node module nor one in Python: its name must end in ${[...NODE_EXTENSIONS, ...TYPESCRIPT_EXTENSIONS, PYTHON_EXTENSION].join(', ')}. ` +
        `Code in another language runs as an executable named bootstrap in a folder. ${HOW}`,
    );
  }
  if (exportName === '') return problem(emptyExportText(name));
  const major = process.versions.node.split('.')[0] ?? '';
  return {
    kind: 'found',
    location: { kind: 'node', file, exportName, root: nearestTaskRoot(file) },
    runtime: `nodejs${major}.x`,
  };
}

function emptyExportText(name: string): string {
  return `${name}# names no export: write ${name} or ${name}#export.`;
}

async function locateBootstrap(file: string, folder: string): Promise<LocatedHandler> {
  if ((await kindOf(file)) !== 'file') {
    return problem(`The folder ${folder} holds no file named bootstrap. ${HOW}`);
  }
  try {
    await access(file, constants.X_OK);
  } catch {
    return problem(`${file} is not executable. Make it so: chmod +x ${file}`);
  }
  if (!(await isProgram(file))) {
    return problem(
      `${file} is neither a program nor a script with a #! line, so Lambda could not start it. ` +
        'Begin a script with the program that reads it, such as #!/bin/sh.',
    );
  }
  return {
    kind: 'found',
    location: { kind: 'bootstrap', file, root: path.dirname(file) },
    runtime: 'provided.al2023',
  };
}

/** Tells whether the kernel can start it: a `#!` line or an ELF header. A shell would run less than that. */
async function isProgram(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead).toString('latin1');
    return start.startsWith('#!') || start === '\x7fELF';
  } finally {
    await handle.close();
  }
}

async function kindOf(file: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(file)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

function problem(message: string): Extract<LocatedHandler, { kind: 'problem' }> {
  return { kind: 'problem', message, isMissing: false };
}
