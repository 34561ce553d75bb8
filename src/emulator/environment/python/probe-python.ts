import { execFile } from 'node:child_process';
import type { Boto3 } from './python-interpreter.ts';

/** What an interpreter tells of itself. */
export interface ProbedPython {
  readonly version: readonly [major: number, minor: number, micro: number];
  readonly executable: string;
  /** The interpreter that a virtual environment was made of; its own path where it is none. */
  readonly base: string | null;
  readonly userPackages: string | null;
  readonly boto3: Boto3 | null;
}

const PROBE_LIMIT_MS = 20_000;

/**
 * Old versions must understand it, so that they can be refused by their number. The working directory is no
 * place to import from: a file `json.py` may lie there.
 */
const PROBE = `
import sys
sys.path = [folder for folder in sys.path if folder]
import json, os
facts = {"version": list(sys.version_info[:3]), "executable": sys.executable,
         "base": getattr(sys, "_base_executable", None), "userPackages": None, "boto3": None}
if sys.version_info >= (3, 9):
    import importlib.metadata, importlib.util, site
    if site.ENABLE_USER_SITE and os.path.isdir(site.getusersitepackages()):
        facts["userPackages"] = site.getusersitepackages()
    found = importlib.util.find_spec("boto3")
    if found is not None and found.origin is not None:
        try:
            version = importlib.metadata.version("boto3")
        except importlib.metadata.PackageNotFoundError:
            version = "of unknown version"
        facts["boto3"] = {"folder": os.path.dirname(os.path.dirname(found.origin)), "version": version}
print(json.dumps(facts))
`;

const probed = new Map<string, Promise<ProbedPython | null>>();

/**
 * Asks an interpreter what it is, once for each place that it is asked from: managers of versions such as
 * pyenv choose by the working directory.
 *
 * @param command a path, or a name that is looked up on PATH
 * @returns null where there is none, or where it does not run
 */
export function probePython(command: string, folder: string): Promise<ProbedPython | null> {
  const key = `${command}\n${folder}`;
  const known = probed.get(key) ?? ask(command, folder);
  probed.set(key, known);
  return known;
}

function ask(command: string, folder: string): Promise<ProbedPython | null> {
  return new Promise((resolve) => {
    // -E: variables such as PYTHONPATH are the caller's, and no handler sees them.
    const options = { cwd: folder, encoding: 'utf8' as const, timeout: PROBE_LIMIT_MS };
    const child = execFile(command, ['-E', '-c', PROBE], options, (error, stdout) => {
      resolve(error === null ? parse(stdout) : null);
    });
    child.stdin?.end();
  });
}

function parse(text: string): ProbedPython | null {
  try {
    return JSON.parse(text) as ProbedPython;
  } catch {
    return null;
  }
}
