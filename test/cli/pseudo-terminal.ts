import { spawn } from 'node:child_process';
import path from 'node:path';

const COMMAND = path.resolve('dist/src/cli/main.js');

export interface OnTerminal {
  /** Resolves when the terminal has shown this since it was last waited for. */
  shows(text: string): Promise<void>;
  /** What a person types; `\x03` is Ctrl-C. */
  type(keys: string): void;
  /** The exit code, and everything that was shown. */
  readonly ended: Promise<{ readonly code: number | null; readonly shown: string }>;
}

/** Starts the built command on a terminal of its own. */
export function startOnTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): OnTerminal {
  const command = [process.execPath, COMMAND, ...args].map((each) => `'${each}'`).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm', CI: '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let from = 0;
  let look = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    look();
  });
  const ended = new Promise<{ readonly code: number | null; readonly shown: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, shown });
      look();
    });
  });
  return {
    ended,
    type: (keys) => child.stdin.write(keys),
    shows: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = shown.indexOf(text, from);
          if (at !== -1) {
            from = at + text.length;
            resolve();
          } else if (child.exitCode !== null) {
            reject(new Error(`It ended without showing ${JSON.stringify(text)}:\n${shown}`));
          }
        };
        look();
      }),
  };
}
