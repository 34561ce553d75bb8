import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { leftIn } from './left-behind.ts';

const COMMAND = path.resolve('dist/src/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes that it left running and temporary files that it left lying, none of anybody else's. */
  readonly left: readonly string[];
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

/**
 * Starts the built command as a process of its own, with no terminal and with a folder of its own for
 * temporary files: by that, what it started is told from what other tests have running.
 */
export function start(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Running {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'powerdial-run-'));
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, TMPDIR: temporary, ...options.env },
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
      resolve({ code, stdout, stderr, left: leftIn(temporary) });
      rmSync(temporary, { recursive: true, force: true });
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
