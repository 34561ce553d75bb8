import { spawn, type ChildProcess } from 'node:child_process';

/** The small process that cleans up after a host that was killed or crashed. */
export class Guardian {
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;

  /** @param script reads words from its input: `done`, or what the host tells it */
  constructor(script: string, args: readonly string[]) {
    this.#process = spawn('/bin/sh', ['-c', script, 'powerdial-guardian', ...args], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // A session of its own, so that Ctrl-C in the terminal does not reach it.
      detached: true,
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin' },
    });
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.once('error', () => resolve());
    });
    this.#process.stdin?.on('error', () => undefined);
    // Neither the guardian nor its pipe keeps the process of the host alive.
    this.#process.unref();
    const pipe = this.#process.stdin as { unref?: () => void } | null;
    pipe?.unref?.();
  }

  /** Tells it a line about what there is to clean up. */
  tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** Sends it home: everything has been cleaned up. */
  async dismiss(): Promise<void> {
    // The end of the guardian is awaited here, so Node must keep running until it has come.
    this.#process.ref();
    this.#process.stdin?.end('done\n');
    await this.#exited;
  }
}
