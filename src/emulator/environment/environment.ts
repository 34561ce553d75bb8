import { randomBytes } from 'node:crypto';
import type { VariantSettings } from '../lambda/function-host.ts';
import { logStreamName } from '../lambda/log-stream-name.ts';
import { awaitIdle } from './await-idle.ts';
import { makeParts, type EnvironmentParts } from './environment-parts.ts';
import type { EnvironmentShare } from './environment-share.ts';
import type { EnvironmentEvents, InitFailure } from './environment-events.ts';
import type { EnvironmentPeaks } from './environment-peaks.ts';
import { failWhereFull } from './full-storage.ts';
import type { InvocationEnding } from './invocation-ending.ts';
import { LogPipe } from './log-pipe.ts';
import type { ProcessWatch } from './process-watch.ts';
import type { RuntimeApi, RuntimeEvent } from './runtime-api.ts';
import type { RuntimeProcess } from './runtime-process.ts';
import { startRuntime } from './start-runtime.ts';
import type { TemporaryStorage } from './temporary-storage.ts';
import type { EnvironmentKind, InitResult, RunResult, Phase } from './environment-kind.ts';

/**
 * One execution environment: a Runtime API, a share of the processors, a folder for temporary files,
 * and the process in it. What an invocation is, and what is logged of it, is `invocation.ts`.
 */
export class Environment {
  readonly settings: VariantSettings;
  /** Such as `2026/11/21/[$LATEST]0123…`: one for each environment. */
  readonly logStream: string;
  readonly #kind: EnvironmentKind;
  readonly #mark: string;
  readonly #api: RuntimeApi;
  readonly #share: EnvironmentShare;
  readonly #events: EnvironmentEvents;
  readonly #watch: ProcessWatch;
  readonly #storage: TemporaryStorage;
  #phase: Phase = 'new';
  #process: RuntimeProcess | null = null;
  #log: LogPipe | null = null;
  #resetting: Promise<void> | null = null;
  #ending: Promise<void> | null = null;

  private constructor(
    kind: EnvironmentKind,
    settings: VariantSettings,
    { mark, api, share, events, watch, storage }: EnvironmentParts,
  ) {
    this.settings = settings;
    this.logStream = logStreamName(settings, Date.now(), randomBytes(16).toString('hex'));
    this.#kind = kind;
    this.#mark = mark;
    this.#api = api;
    this.#share = share;
    this.#events = events;
    this.#watch = watch;
    this.#storage = storage;
  }

  /** @param name unlike that of any other environment of the same host */
  static async create(
    kind: EnvironmentKind,
    settings: VariantSettings,
    name: string,
  ): Promise<Environment> {
    return new Environment(kind, settings, await makeParts(kind, settings, name));
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The most memory used by the process that runs now, in MB; 0 before the first look at it. */
  get peakMemoryMb(): number {
    return this.#watch.peakMemoryMb;
  }

  /** The most of what else is scarce, so far. */
  get peaks(): EnvironmentPeaks {
    const { memoryMb } = this.settings;
    const { peakMb: ephemeralStorageMb } = this.#storage;
    return { memoryMb, ephemeralStorageMb, fileDescriptors: this.#watch.peakDescriptors };
  }

  /** Everything printed since the last call. */
  takeLog(): Buffer {
    return this.#log?.take() ?? Buffer.alloc(0);
  }

  /** Starts the process and runs its init at full speed, until it waits for its first event. */
  async init(startMs: number, limitMs: number): Promise<InitResult> {
    this.#mustLive();
    const failure = await this.#init(startMs + limitMs);
    const ms = performance.now() - startMs;
    if (failure === null) this.#phase = 'ready';
    else await this.reset();
    return { ms, failure };
  }

  /**
   * Hands out an event and waits for how it ends; from here on the process has its share only.
   * @param limitMs what the whole invocation may take
   * @param sinceMs when it started, if that was before now: with an init that ran again
   */
  async run(event: RuntimeEvent, limitMs: number, sinceMs?: number): Promise<RunResult> {
    this.#mustLive();
    this.#phase = 'busy';
    this.#share.limit();
    await this.#watch.startEvent();
    this.#process?.thaw();
    const idleByMs = (sinceMs ?? performance.now()) + limitMs;
    const deadTooSoon = await awaitIdle(this.#api, this.#events, idleByMs);
    const runMs = deadTooSoon === null ? this.#api.handOut(event) : deadTooSoon.atMs;
    const startMs = sinceMs ?? runMs;
    // A first look soon, for a process that ends at once, but not before the event is on its way.
    setImmediate(() => this.#watch.lookAtMemory());
    const stopLooking = this.#look(limitMs - (runMs - startMs));
    try {
      const { ending, atMs } = deadTooSoon ?? (await this.#events.untilAnswered(startMs + limitMs));
      const ended = await this.#finish(ending, startMs + limitMs);
      const finished = failWhereFull(this.#storage, ended);
      const heldMs = Math.max(0, (await this.#watch.settledMs()) - (atMs - runMs));
      return { ending: finished, startMs, endMs: atMs, heldMs };
    } finally {
      stopLooking();
    }
  }

  /** Ends the process; the environment stays, and the next invocation starts with an init. */
  reset(): Promise<void> {
    this.#resetting ??= this.#reset().finally(() => (this.#resetting = null));
    return this.#resetting;
  }

  /** Ends everything: process, control group, port, temporary files. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #init(deadlineMs: number): Promise<InitFailure | null> {
    // The process before may still be on its way out.
    await this.#resetting;
    this.#events.clear();
    this.#share.lift();
    this.#log?.close();
    const log = await LogPipe.create(this.#storage.folder, '.log');
    this.#log = log;
    // Everything may have been ended meanwhile.
    if (this.#phase === 'ended') {
      log.close();
      return { kind: 'timed-out' };
    }
    this.#start(log);
    const stopLooking = this.#look(Infinity);
    try {
      return await this.#events.untilInitialised(deadlineMs);
    } finally {
      stopLooking();
    }
  }

  #start(log: LogPipe): void {
    const process = startRuntime(this.#kind, {
      settings: this.settings,
      runtimeApi: this.#api.address,
      logStream: this.logStream,
      temporaryDirectory: this.#storage.folder,
      mark: this.#mark,
      watch: this.#watch,
      group: this.#share.group,
      log,
    });
    this.#process = process;
    void process.exited.then((exit) => {
      if (this.#process !== process) return;
      // Killed from outside while it waited: the next invocation starts it again.
      if (this.#phase === 'ready') void this.reset();
      else this.#events.put({ kind: 'exited', exit });
    });
  }

  /**
   * Waits after the answer until the process asks for its next event, or its time limit is over. A process that
   * ends instead has answered all the same; one that does neither has timed out.
   */
  async #finish(ending: InvocationEnding, deadlineMs: number): Promise<InvocationEnding> {
    if (!['answered', 'failed', 'answer-too-large'].includes(ending.kind)) {
      await this.reset();
      return ending;
    }
    const event = await this.#events.untilNext(deadlineMs);
    this.#watch.lookAtMemory();
    if (event?.kind === 'next' && !this.#watch.outOfMemory) {
      this.#phase = 'ready';
      this.#process?.freeze();
      return ending;
    }
    await this.reset();
    if (event?.kind === 'exited') return ending;
    return event === null ? { kind: 'timed-out' } : { kind: 'out-of-memory' };
  }

  /** @param shareMs what the event may take, for a share that is settled afterwards */
  #look(shareMs: number): () => void {
    const stopWatching = this.#watch.lookRegularly(shareMs, (kind) => this.#events.put({ kind }));
    const stopLooking = this.#storage.lookRegularly();
    return () => {
      stopWatching();
      stopLooking();
    };
  }

  async #reset(): Promise<void> {
    if (this.#phase !== 'ended') this.#phase = 'reset';
    // A last look: a process that is gone has no memory to tell of.
    this.#watch.lookAtMemory();
    const process = this.#process;
    this.#process = null;
    await process?.kill();
    this.#api.reset();
    this.#events.clear();
  }

  async #end(): Promise<void> {
    this.#phase = 'ended';
    await this.reset();
    // Whoever waits for an event of the process learns that it is over.
    this.#events.put({ kind: 'exited', exit: { code: null, signal: 'SIGKILL' } });
    this.#log?.close();
    this.#storage.remove();
    await this.#api.close();
    await this.#share.remove();
  }

  #mustLive(): void {
    if (this.#phase === 'ended') throw new Error('The execution environment has been ended.');
  }
}
