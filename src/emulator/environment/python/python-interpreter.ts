/** The versions that Powerdial's runtime for Python is tested with; older ones lack what it is written in. */
export const OLDEST_PYTHON_MINOR = 9;
export const NEWEST_TESTED_PYTHON_MINOR = 13;

/** Where an interpreter was found: `--python`, VIRTUAL_ENV, a virtual environment of the project, or PATH. */
export type PythonOrigin = 'option' | 'VIRTUAL_ENV' | 'project' | 'PATH';

/** boto3 with all that belongs to it, and where it is. */
export interface Boto3 {
  /** The folder of packages that holds it. */
  readonly folder: string;
  readonly version: string;
}

/** A Python of version 3 that runs handlers. */
export interface PythonInterpreter {
  /** An absolute path: no shim, which would look around itself and run in front of every handler. */
  readonly command: string;
  readonly version: string;
  /** The 12 of 3.12. */
  readonly minor: number;
  readonly origin: PythonOrigin;
  /** The user's own packages (`pip install --user`), which it would look for in a HOME that handlers have not. */
  readonly userPackages: string | null;
  /** Its own; `null` where it has none. */
  readonly boto3: Boto3 | null;
  /** That of another Python of the same version on this machine, for one that has none itself. */
  readonly lentBoto3: Boto3 | null;
}
