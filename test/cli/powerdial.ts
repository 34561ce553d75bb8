import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const COMMAND = path.resolve('dist/src/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** The first line of standard output, once it is whole. */
  readonly firstLine: Promise<string>;
  /** Resolves when standard error has said this; with the text so far. */
  said(text: string | RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the built command as a process of its own, with no terminal. */
export function start(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  let hasLine: (line: string) => void = () => undefined;
  let hasNone: (error: Error) => void = () => undefined;
  const firstLine = new Promise<string>((resolve, reject) => {
    hasLine = resolve;
    hasNone = reject;
  });
  // Most tests never ask for it.
  firstLine.catch(() => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const [line = '', ...rest] = stdout.split('\n');
    if (rest.length > 0) hasLine(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
      hasNone(new Error(`It ended without a first line:\n${stderr}`));
      for (const listener of listeners) listener();
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    firstLine,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = typeof text === 'string' ? stderr.includes(text) : text.test(stderr);
          if (found) resolve(stderr);
          else if (child.exitCode !== null)
            reject(new Error(`It ended without saying ${String(text)}:\n${stderr}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    kill: (signal) => child.kill(signal),
  };
}

export function powerdial(...args: readonly string[]): Promise<Ended> {
  return start(args).ended;
}

/** A folder for one test file; `remove` when done. */
export function scratch(): {
  readonly file: (name: string, content: string) => string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-test-'));
  return {
    file(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Processes whose command line mentions a text: what a run may have left behind. */
export function processesMentioning(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((command) => command.includes(text));
}
