import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What this machine has of what some tests need; each is `null` or false where it is missing. */
export interface Machine {
  /** A Chromium that starts: its command. */
  readonly browser: string | null;
  readonly python3: boolean;
  /** Interpreters that handlers in Python are tried with: of POWERDIAL_TEST_PYTHONS, or `python3`. */
  readonly pythons: readonly string[];
  /** The AWS CLI. */
  readonly awsCli: boolean;
  /** `script` of util-linux, which gives a process a terminal of its own. */
  readonly terminal: boolean;
  /** Linux's /proc, by which one of the two meters works. */
  readonly proc: boolean;
}

const BROWSERS = [process.env['CHROME_BIN'], 'chromium', 'chromium-browser', 'google-chrome'];

/** Without it the meter of macOS is used. */
export const HAS_PROC = existsSync('/proc/self/stat');

/** Test files of the Linux meter. */
const FILES_THAT_NEED_PROC = ['test/emulator/environment/meters.test.ts'];

/** Test files in which every handler is a process, which Windows cannot run (`chooseMeter` says so). */
const FILES_WITH_PROCESSES = [
  'test/action/**',
  'test/cli/{check,check-outputs,check-plan,check-served,serve,tune-local}.test.ts',
  'test/docs/docs.test.ts',
  'test/cloud/bundle.test.ts',
  'test/emulator/environment/**',
  'test/emulator/services/process-logs.test.ts',
];

/** What cannot be run on this machine. */
export const FILES_TO_SKIP: readonly string[] = [
  ...(HAS_PROC ? [] : FILES_THAT_NEED_PROC),
  ...(process.platform === 'win32' ? FILES_WITH_PROCESSES : []),
];

export function lookAround(): Machine {
  return {
    browser: BROWSERS.find((command) => command !== undefined && starts(command)) ?? null,
    python3: starts('python3'),
    pythons: (process.env['POWERDIAL_TEST_PYTHONS'] ?? 'python3')
      .split(path.delimiter)
      .filter(isNew),
    awsCli: starts('aws'),
    terminal: output('script').includes('util-linux'),
    proc: HAS_PROC,
  };
}

/** One sentence for everything that is missing, with what is not tested because of it. */
export function describeMissing(machine: Machine): readonly string[] {
  const missing: readonly (readonly [isThere: boolean, sentence: string])[] = [
    [machine.browser !== null, 'There is no Chromium here: the page is not opened in a browser.'],
    [machine.python3, 'There is no python3 here: the example in Python is not run.'],
    [
      machine.pythons.length > 0,
      'There is no python3 of 3.9 or later here: handlers in Python are not run.',
    ],
    [machine.awsCli, 'There is no AWS CLI here: the endpoints are driven by the SDK alone.'],
    [
      machine.terminal,
      'There is no `script` of util-linux here: what a command asks on a terminal is not tested.',
    ],
    [machine.proc, 'There is no /proc here: the meter of Linux is not tested.'],
  ];
  return missing.flatMap(([isThere, sentence]) => (isThere ? [] : [sentence]));
}

function isNew(python: string): boolean {
  const ask = ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))'];
  return spawnSync(python, ask, { timeout: 60_000 }).status === 0;
}

function starts(command: string): boolean {
  return spawnSync(command, ['--version'], { timeout: 60_000 }).status === 0;
}

function output(command: string): string {
  // A command that is not there has no output at all.
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' }) as {
    readonly stdout: string | null;
  };
  return stdout ?? '';
}
