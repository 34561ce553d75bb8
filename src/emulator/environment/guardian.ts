import { spawn, type ChildProcess } from 'node:child_process';
import { ENVIRONMENT_MARK } from './environment-variables.ts';

/**
 * Waits until the host is gone, however it went: then its end of the pipe closes. A host that closed
 * in order says so, and nothing is left to do. Otherwise everything with the run's mark or in its
 * control groups is killed, again and again until three looks in a row find nothing (a process may
 * be starting another at that moment), and its directories go. $1: run, $2: temporary directory,
 * the rest: directories that hold the run's control groups.
 */
const SCRIPT = `
trap '' HUP INT TERM
run=$1 temporary=$2
shift 2
while read -r word; do
  if [ "$word" = done ]; then exit 0; fi
done
quiet=0 looks=0
while [ $quiet -lt 3 ] && [ $looks -lt 500 ]; do
  quiet=$((quiet + 1)) looks=$((looks + 1))
  for file in $(grep -ls "${ENVIRONMENT_MARK}=$run/" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}" && quiet=0
  done
  for directory; do
    for group in "$directory/$run"-*; do
      [ -d "$group" ] || continue
      quiet=0
      while read -r pid; do kill -KILL "$pid"; done < "$group/cgroup.procs"
      rmdir "$group"
    done
  done
  sleep 0.02
done
rm -rf "$temporary"
`;

/** The small process that cleans up after a host that was killed or crashed. */
export class Guardian {
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;

  /** @param groupDirectories where the run's control groups are, if it makes any */
  constructor(runId: string, temporaryDirectory: string, groupDirectories: readonly string[]) {
    this.#process = spawn(
      '/bin/sh',
      ['-c', SCRIPT, 'powerdial-guardian', runId, temporaryDirectory, ...groupDirectories],
      {
        stdio: ['pipe', 'ignore', 'ignore'],
        // A session of its own, so that Ctrl-C in the terminal does not reach it.
        detached: true,
        cwd: '/',
        env: { PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin' },
      },
    );
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.once('error', () => resolve());
    });
    this.#process.stdin?.on('error', () => undefined);
    // It does not keep the host alive, neither by itself nor by its pipe.
    this.#process.unref();
    const pipe = this.#process.stdin as { unref?: () => void } | null;
    pipe?.unref?.();
  }

  /** Sends it home: everything has been cleaned up. */
  async dismiss(): Promise<void> {
    // Now it is waited for, so it counts again.
    this.#process.ref();
    this.#process.stdin?.end('done\n');
    await this.#exited;
  }
}
