import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Json } from '../../src/contract/shared/json.ts';

export const TOOLS = ['powerdial', 'peer'] as const;
export type Tool = (typeof TOOLS)[number];

/** How a run ended, as its tool tells it. */
export interface Ended {
  readonly status: string;
  readonly memoryMb: number | null;
  /** What it says that an invocation takes, by memory size. */
  readonly means: readonly (readonly [memoryMb: number, meanMs: number])[];
  readonly transitions: number;
  readonly why: string | null;
}

export interface TimedEnd extends Ended {
  readonly seconds: number;
}

/** A process that plays one of the tools. */
export class Player {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(tool: Tool, endpoint: string, checkout: string): Promise<Player> {
    const child = fork(path.resolve('dist/bench/peer/worker.js'), [tool, endpoint, checkout], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
      },
    });
    await once(child, 'message');
    return new Player(child);
  }

  /** `null` where the process was killed before. */
  run(input: Json): Promise<TimedEnd | null> {
    return new Promise((resolve) => {
      const gone = (): void => resolve(null);
      this.#child.once('exit', gone);
      this.#child.once('message', (ended) => {
        this.#child.off('exit', gone);
        resolve(ended as TimedEnd);
      });
      this.#child.send({ input });
    });
  }

  /** As StopExecution does. */
  stop(): void {
    this.#child.send({});
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.kill();
    await exited;
  }
}
