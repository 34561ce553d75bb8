import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CpuGroup } from './linux/cpu-group.ts';
import type { HandlerLocation } from './handler-location.ts';
import type { LogPipe } from './log-pipe.ts';
import { killAll } from './kill-all.ts';
import type { ProcessWatch } from './process-watch.ts';
import type { RuntimeExit } from './runtime-exit.ts';
import { taskRootOf } from './task-root.ts';

const NODE_RUNTIME = fileURLToPath(new URL('./node-runtime.mjs', import.meta.url));
const PYTHON_RUNTIME = fileURLToPath(new URL('./python-runtime.py', import.meta.url));

/** Where Lambda unpacks layers; a container made of its image has them there as well. */
const LAYERS: readonly string[] = ['/opt'];

/** Killed processes are looked for this often: one stuck in the kernel cannot be waited for forever. */
const MAX_LOOKS = 2000;
const LOOK_EVERY_MS = 1;

/** Lambda's limit for the open files of an environment (Lambda quotas, 2026-11). */
export const MAX_DESCRIPTORS = 1024;

/** A shell counts what a file may have in blocks of so many bytes (POSIX, `ulimit -f`). */
const BLOCKS_PER_MB = 2 ** 20 / 512;

/**
 * Enters the group first, so that everything the process starts is in it too. Then it takes Lambda's limits,
 * the hard ones as well: Node raises what it may. A limit that is lower already stays.
 */
const START = [
  '[ -z "$0" ] || echo $$ > "$0" || exit 126',
  `ulimit -n ${MAX_DESCRIPTORS} 2>/dev/null`,
  'ulimit -f "$1" 2>/dev/null',
  'shift',
  'exec "$@"',
].join('\n');

export interface RuntimeProcessOptions {
  readonly location: HandlerLocation;
  readonly memoryMb: number;
  /** No file of the process may be larger. */
  readonly ephemeralStorageMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly watch: ProcessWatch;
  readonly group: CpuGroup | null;
  readonly log: LogPipe;
}

/** The process that runs the handler, with everything it starts. */
export class RuntimeProcess {
  readonly exited: Promise<RuntimeExit>;
  readonly #child: ChildProcess;
  readonly #watch: ProcessWatch;
  #hasExited = false;
  #frozen = false;

  constructor(options: RuntimeProcessOptions) {
    const [command, ...args] = commandOf(options);
    const { group } = options;
    const blocks = String(options.ephemeralStorageMb * BLOCKS_PER_MB);
    const start = ['-c', START, group?.procsFile ?? '', blocks, command, ...args];
    this.#watch = options.watch;
    this.#child = spawn('/bin/sh', start, {
      cwd: taskRootOf(options.location),
      env: options.variables,
      stdio: ['ignore', options.log.writeFd, options.log.writeFd],
      // A session and a process group of its own, which can be signalled as a whole.
      detached: true,
    });
    options.log.writerGiven();
    if (this.#child.pid !== undefined) this.#watch.startProcess(this.#child.pid);
    this.exited = new Promise((resolve) => {
      const done = (exit: RuntimeExit): void => {
        this.#hasExited = true;
        resolve(exit);
      };
      this.#child.once('exit', (code, signal) => done({ code, signal }));
      // The process could not be started at all, for example for a missing interpreter: a shell says 127.
      this.#child.once('error', () => done({ code: 127, signal: null }));
    });
  }

  /** Stops it between invocations, as Lambda freezes an environment that has nothing to do. */
  freeze(): void {
    this.#frozen = true;
    this.#signalAll('SIGSTOP');
    // The watch may find further processes later, and the next event may come first.
    this.#watch.afterNextLook(() => {
      if (this.#frozen) this.#signalAll('SIGSTOP');
    });
  }

  thaw(): void {
    if (!this.#frozen) return;
    this.#frozen = false;
    this.#signalAll('SIGCONT');
  }

  /** Kills it and everything it started, and waits until they are gone. */
  async kill(): Promise<void> {
    this.#signalGroup('SIGKILL');
    if (this.#child.pid !== undefined) await this.exited;
    // Kills what has left the process group. A process may start another while it is being killed, so it looks
    // again.
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      if (!killAll(await this.#watch.findAll())) break;
      await sleep(LOOK_EVERY_MS);
    }
    this.#watch.endProcess();
  }

  /** Signals the process group first, all of it at once; then those that have left it. */
  #signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#signalGroup(signal);
    if (this.#hasExited) return;
    const { pids } = this.#watch;
    if (pids.length < 2) return;
    for (const pid of pids) sendSignal(pid, signal);
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) sendSignal(-this.#child.pid, signal);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Nobody is there any more.
  }
}

function commandOf({ location, memoryMb }: RuntimeProcessOptions): [string, ...string[]] {
  switch (location.kind) {
    case 'node':
      return nodeCommand(location, memoryMb);
    case 'python':
      return pythonCommand(location);
    case 'bootstrap':
      return [location.file];
  }
}

/** Memory for V8 as Lambda's own start script divides it: 5 % for new objects, 90 % for old ones. */
function nodeCommand(
  location: Extract<HandlerLocation, { kind: 'node' }>,
  memoryMb: number,
): [string, ...string[]] {
  const newSpaceMb = Math.floor(memoryMb / 10);
  return [
    process.execPath,
    '--expose-gc',
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(newSpaceMb / 2)}`,
    `--max-old-space-size=${memoryMb - newSpaceMb}`,
    NODE_RUNTIME,
    location.built ?? location.file,
    location.exportName,
  ];
}

/** -B: on Lambda the code is read-only, and nothing is compiled beside it. */
function pythonCommand(
  location: Extract<HandlerLocation, { kind: 'python' }>,
): [string, ...string[]] {
  const { command, userPackages, lentBoto3 } = location.interpreter;
  const options = {
    layers: location.layers ?? LAYERS,
    packages: userPackages === null ? [] : [userPackages],
    lent: lentBoto3?.folder ?? null,
  };
  return [command, '-B', PYTHON_RUNTIME, JSON.stringify(options)];
}
