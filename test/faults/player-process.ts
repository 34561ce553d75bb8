import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import type { Json } from '../../src/contract/shared/json.ts';

/** What a player is told to play. */
export interface PlayerOrder {
  readonly url: string;
  readonly region: string;
  readonly run: string;
  readonly input: Json;
}

/** Inside the package, so that its own imports and the workflow's definition are found. */
const FOLDER = path.resolve('dist/faults');

/** Processes that play runs, each for one: the next is started while the one before is at work. */
export class PlayerProcesses {
  readonly #script: string;
  #spare: ChildProcess;

  private constructor(script: string) {
    this.#script = script;
    this.#spare = start(script);
  }

  static async open(): Promise<PlayerProcesses> {
    const script = path.join(FOLDER, `killed-player-${process.pid}.mjs`);
    await build({
      entryPoints: [path.resolve('test/faults/killed-player.ts')],
      outfile: script,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    return new PlayerProcesses(script);
  }

  /** A process that plays what it is told; `ended` when it is gone, by itself or killed. */
  play(order: PlayerOrder): { readonly process: ChildProcess; readonly ended: Promise<string> } {
    const child = this.#spare;
    this.#spare = start(this.#script);
    let kind = 'killed';
    child.on('message', (message: { readonly kind: string }) => {
      kind = message.kind;
    });
    const ended = new Promise<string>((resolve) => child.once('exit', () => resolve(kind)));
    child.send(order);
    return { process: child, ended };
  }

  close(): void {
    this.#spare.kill('SIGKILL');
  }
}

function start(script: string): ChildProcess {
  return fork(script, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
  });
}
