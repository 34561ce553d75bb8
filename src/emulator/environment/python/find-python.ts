import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isBelow } from './locate-python.ts';
import { probePython, type ProbedPython } from './probe-python.ts';
import {
  OLDEST_PYTHON_MINOR,
  type Boto3,
  type PythonInterpreter,
  type PythonOrigin,
} from './python-interpreter.ts';

/** An interpreter, or why there is none, in words for whoever named the handler. */
export type FoundPython =
  | { readonly kind: 'found'; readonly interpreter: PythonInterpreter }
  | { readonly kind: 'problem'; readonly message: string };

const VIRTUAL_ENVIRONMENTS: readonly string[] = ['.venv', 'venv'];
const ON_PATH = 'python3';
const INTERPRETER = path.join('bin', 'python');
const WORDS: Readonly<Record<PythonOrigin, string>> = {
  option: 'named by --python',
  VIRTUAL_ENV: 'of VIRTUAL_ENV',
  project: 'of the project',
  PATH: 'first on PATH',
};
const NAME_ONE = 'Name one of 3.9 or later: --python /path/to/python3.13';

/**
 * Finds the Python that runs a handler: the one that is named, the active virtual environment, one that lies
 * beside the handler or above it in its project, then `python3` on PATH. The first that is there is taken; if
 * it cannot run handlers, that is said, and no other one takes its place unasked.
 *
 * @param named `--python`: an interpreter, a name on PATH, or the folder of a virtual environment
 * @param file the handler's own
 */
export async function findPython(
  named: string | undefined,
  { file, root }: { readonly file: string; readonly root: string },
): Promise<FoundPython> {
  const { command, origin } = choose(named, file, root);
  const probed = await probePython(command, root);
  if (probed === null) return { kind: 'problem', message: missingText(command, origin) };
  const [major, minor] = probed.version;
  if (major !== 3 || minor < OLDEST_PYTHON_MINOR) {
    return {
      kind: 'problem',
      message: `wanted Python 3.9 or later, as Lambda has it, for ${file}; ${probed.executable}, ${WORDS[origin]}, is ${probed.version.join('.')}. ${NAME_ONE}`,
    };
  }
  return {
    kind: 'found',
    interpreter: {
      command: probed.executable,
      version: probed.version.join('.'),
      minor,
      origin,
      userPackages: probed.userPackages,
      boto3: probed.boto3,
      lentBoto3: probed.boto3 === null ? await lentBoto3(probed, root) : null,
    },
  };
}

function choose(
  named: string | undefined,
  file: string,
  root: string,
): { readonly command: string; readonly origin: PythonOrigin } {
  if (named !== undefined) {
    const inFolder = path.resolve(named, INTERPRETER);
    if (isFolder(named)) return { command: inFolder, origin: 'option' };
    return { command: named.includes('/') ? path.resolve(named) : named, origin: 'option' };
  }
  const active = process.env['VIRTUAL_ENV'] ?? '';
  if (active !== '' && existsSync(path.join(active, INTERPRETER))) {
    return { command: path.join(active, INTERPRETER), origin: 'VIRTUAL_ENV' };
  }
  const own = projectFolders(file, root)
    .flatMap((folder) => VIRTUAL_ENVIRONMENTS.map((name) => path.join(folder, name, INTERPRETER)))
    .find((candidate) => existsSync(candidate));
  return own === undefined
    ? { command: ON_PATH, origin: 'PATH' }
    : { command: own, origin: 'project' };
}

/** From the handler's folder up to the root, and to the working directory where that lies above. */
function projectFolders(file: string, root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (isBelow(folder, root) || isBelow(folder, process.cwd())) folders.push(folder);
    if (path.dirname(folder) === folder) return folders;
  }
}

/** From the Python that a virtual environment was made of, then from PATH; another version's may not load. */
async function lentBoto3(probed: ProbedPython, root: string): Promise<Boto3 | null> {
  for (const command of [probed.base, ON_PATH]) {
    if (command === null || command === probed.executable) continue;
    const other = await probePython(command, root);
    if (other === null || other.boto3 === null) continue;
    if (String(other.version.slice(0, 2)) === String(probed.version.slice(0, 2))) {
      return other.boto3;
    }
  }
  return null;
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

function missingText(command: string, origin: PythonOrigin): string {
  if (origin === 'PATH') {
    return `a handler in Python takes Python 3.9 or later, and there is no python3 on PATH that runs. Install one, or name it: --python /path/to/python3.13`;
  }
  return `wanted a Python that runs, ${command}, ${WORDS[origin]}, does not (${command} --version says why). ${NAME_ONE}`;
}
