import { spawn } from 'node:child_process';
import path from 'node:path';

const COMMAND = path.resolve('dist/src/cli/main.js');

export interface LogsRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LogsOptions {
  /** What comes in by standard input; none at all by default. */
  readonly stdin?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built `powerdial logs` as a process of its own. */
export function logs(args: readonly string[], options: LogsOptions = {}): Promise<LogsRun> {
  const { stdin = '', cwd, env = {} } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, 'logs', ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      // Nothing of the machine's own settings may show in the output.
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // It may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** The process as a shell runs it, for pipes. */
export function shell(script: string, env: Readonly<Record<string, string>>): Promise<LogsRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        POWERDIAL: `${process.execPath} ${COMMAND}`,
        ...env,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
