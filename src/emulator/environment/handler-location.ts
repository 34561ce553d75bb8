import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import path from 'node:path';

/** A function's code on this machine. */
export type HandlerLocation =
  | {
      readonly kind: 'node';
      /** The module, as an absolute path. */
      readonly file: string;
      /** The export to call; dots reach into nested objects, as on Lambda. */
      readonly exportName: string;
    }
  | {
      readonly kind: 'bootstrap';
      /** The executable, as an absolute path. */
      readonly file: string;
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

const NODE_EXTENSIONS: readonly string[] = ['.mjs', '.cjs', '.js'];
const BOOTSTRAP = 'bootstrap';
const HOW =
  'Name a Node module (app.mjs, or app.mjs#export) or a folder with an executable bootstrap.';

/**
 * Finds the handler that `--local` names: a Node module (`app.mjs` for its export `handler`,
 * `app.mjs#other` for another), or a folder that holds an executable `bootstrap`. Whether the export
 * exists only shows when the module is loaded, so it is an init error here as on Lambda.
 */
export async function locateHandler(spec: string): Promise<LocatedHandler> {
  const whole = await kindOf(spec);
  // A file's own name may hold a '#': what exists as it stands is meant as it stands.
  const hash = whole === 'nothing' ? spec.lastIndexOf('#') : -1;
  const name = hash === -1 ? spec : spec.slice(0, hash);
  const exportName = hash === -1 ? 'handler' : spec.slice(hash + 1);
  const kind = hash === -1 ? whole : await kindOf(name);
  const file = path.resolve(name);

  switch (kind) {
    case 'nothing':
      return {
        ...problem(`No handler at ${name} (${file}): there is no such file or folder. ${HOW}`),
        isMissing: true,
      };
    case 'folder':
      return locateBootstrap(path.join(file, BOOTSTRAP), name);
    case 'file':
      if (path.basename(file) === BOOTSTRAP) return locateBootstrap(file, path.dirname(name));
      return locateModule(file, name, exportName);
  }
}

function locateModule(file: string, name: string, exportName: string): LocatedHandler {
  if (!NODE_EXTENSIONS.includes(path.extname(file))) {
    return problem(
      `${name} is not a Node module: its name must end in ${NODE_EXTENSIONS.join(', ')}. ` +
        `Code in another language runs as an executable named bootstrap in a folder. ${HOW}`,
    );
  }
  if (exportName === '') {
    return problem(`${name}# names no export: write ${name} or ${name}#export.`);
  }
  const major = process.versions.node.split('.')[0] ?? '';
  return {
    kind: 'found',
    location: { kind: 'node', file, exportName },
    runtime: `nodejs${major}.x`,
  };
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
  return { kind: 'found', location: { kind: 'bootstrap', file }, runtime: 'provided.al2023' };
}

/** Whether the kernel can start it: a `#!` line or an ELF header. A shell would run less than that. */
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
