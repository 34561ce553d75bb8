import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MEMORY_MB_PER_VCPU } from '../../contract/memory.ts';
import type { VariantSettings } from '../lambda/function-host.ts';
import { CpuMeter } from './cpu-meter.ts';
import type { CpuGroup } from './cpu-group.ts';
import type { CpuShare } from './cpu-share.ts';
import { environmentVariables } from './environment-variables.ts';
import type { HandlerLocation } from './handler-location.ts';
import type { InvocationEnding } from './invocation-ending.ts';
import { LogPipe } from './log-pipe.ts';
import { Mailbox } from './mailbox.ts';
import { MemoryPeak } from './memory-peak.ts';
import { RuntimeApi, type RuntimeEvent, type RuntimeSignal } from './runtime-api.ts';
import type { RuntimeExit } from './runtime-exit.ts';
import { RuntimeProcess } from './runtime-process.ts';

/** How often memory (and, to settle, processor time) is looked at while a process works. */
const LOOK_EVERY_MS = 25;

/** All environments of one host have these in common. */
export interface EnvironmentKind {
  readonly location: HandlerLocation;
  readonly cpu: CpuShare;
  readonly runId: string;
  /** The host's own; each environment gets a folder in it. */
  readonly temporaryDirectory: string;
  readonly inherited: Readonly<Record<string, string>>;
}

/** How an init went; without a failure the process waits for its first event. */
export interface InitResult {
  readonly ms: number;
  readonly failure: InitFailure | null;
}

export type InitFailure = Exclude<InvocationEnding, { kind: 'answered' | 'answer-too-large' }>;

type EnvironmentEvent =
  | RuntimeSignal
  | { readonly kind: 'exited'; readonly exit: RuntimeExit }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'share-used-up' };

/** Work with a start and an end, on the clock of `performance.now()`. */
export interface TimeLimit {
  readonly startMs: number;
  readonly limitMs: number;
}

interface EndingAt {
  readonly ending: InvocationEnding;
  readonly atMs: number;
}

/** An invocation as far as it has come; `endMs` is when the answer came, or what took its place. */
export interface RunResult {
  readonly ending: InvocationEnding;
  readonly startMs: number;
  readonly endMs: number;
  /** How much longer it would have taken with its share of the processors; 0 where it had just that. */
  readonly heldMs: number;
}

/**
 * `new`: nothing has run yet. `ready`: the process waits for an event. `busy`: it has one. `reset`: the
 * process is gone, the rest stays, as on Lambda after a crash. `ended`: all of it is gone.
 */
export type Phase = 'new' | 'ready' | 'busy' | 'reset' | 'ended';

/**
 * One execution environment: a Runtime API, a share of the processors, a folder for temporary files,
 * and the process in it. What an invocation is, and what is logged of it, is `invocation.ts`.
 */
export class Environment {
  readonly settings: VariantSettings;
  /** Such as `2026/11/21/[$LATEST]0123…`: one for each environment. */
  readonly logStream: string;
  readonly #kind: EnvironmentKind;
  readonly #name: string;
  readonly #api: RuntimeApi;
  readonly #group: CpuGroup | null;
  readonly #temporaryDirectory: string;
  readonly #events: Mailbox<EnvironmentEvent>;
  readonly #memory = new MemoryPeak();
  readonly #cpu = new CpuMeter();
  #phase: Phase = 'new';
  #limited = false;
  #ending: Promise<void> | null = null;
  #resetting: Promise<void> | null = null;
  #process: RuntimeProcess | null = null;
  #log: LogPipe | null = null;

  private constructor(
    kind: EnvironmentKind,
    settings: VariantSettings,
    name: string,
    api: RuntimeApi,
    events: Mailbox<EnvironmentEvent>,
  ) {
    this.settings = settings;
    this.#kind = kind;
    this.#name = name;
    this.#api = api;
    this.#events = events;
    this.#temporaryDirectory = path.join(kind.temporaryDirectory, name);
    mkdirSync(this.#temporaryDirectory);
    this.#group = kind.cpu.kind === 'settle' ? null : kind.cpu.newGroup(`${kind.runId}-${name}`);
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    this.logStream = `${day}/[${settings.version}]${randomBytes(16).toString('hex')}`;
  }

  /** @param name unlike that of any other environment of the same host */
  static async create(
    kind: EnvironmentKind,
    settings: VariantSettings,
    name: string,
  ): Promise<Environment> {
    const events = new Mailbox<EnvironmentEvent>();
    const api = await RuntimeApi.create((signal) => events.put(signal));
    try {
      return new Environment(kind, settings, name, api, events);
    } catch (error) {
      await api.close();
      throw error;
    }
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The processors that the memory buys: 1,769 MB buy one. */
  get cores(): number {
    return this.settings.memoryMb / MEMORY_MB_PER_VCPU;
  }

  /** The most memory used by the process that runs now, in MB. */
  get peakMemoryMb(): number {
    return this.#memory.mb;
  }

  /** Everything printed since the last call. */
  takeLog(): Buffer {
    return this.#log?.take() ?? Buffer.alloc(0);
  }

  /** Runs the init at full speed, until it waits for its first event. */
  async init(time: TimeLimit): Promise<InitResult> {
    this.#mustLive();
    const failure = await this.#start(time);
    const ms = performance.now() - time.startMs;
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
    if (!this.#limited) this.#group?.limitTo(this.cores);
    this.#limited = true;
    if (this.#settles) this.#cpu.start(this.#process?.pids ?? []);
    this.#process?.thaw();
    const early = { startMs: sinceMs ?? performance.now(), limitMs };
    const broken = this.#api.idle ? null : await this.#askedAgain(early);
    const runMs = broken === null ? this.#api.handOut(event) : early.startMs;
    const time = { startMs: sinceMs ?? runMs, limitMs };
    // A first look soon, for a process that ends at once, but not before the event is on its way.
    setImmediate(() => this.#look());
    const stopLooking = this.#lookRegularly(limitMs - (runMs - time.startMs));
    try {
      const { ending, atMs } = broken ?? (await this.#answer(time));
      const answered = ['answered', 'failed', 'answer-too-large'].includes(ending.kind);
      if (!answered) await this.reset();
      const finished = answered ? await this.#finish(ending, time) : ending;
      this.#freeze();
      return {
        ending: finished,
        startMs: time.startMs,
        endMs: atMs,
        heldMs: this.#heldMs(atMs - runMs),
      };
    } finally {
      stopLooking();
    }
  }

  /** Ends the process; the environment stays, and the next invocation starts with an init. */
  reset(): Promise<void> {
    this.#resetting ??= this.#reset().finally(() => (this.#resetting = null));
    return this.#resetting;
  }

  async #reset(): Promise<void> {
    if (this.#phase !== 'ended') this.#phase = 'reset';
    // A last look: a process that is gone has no memory to tell of.
    this.#look();
    const process = this.#process;
    this.#process = null;
    await process?.kill();
    this.#api.reset();
    this.#events.clear();
  }

  /** Ends everything: process, control group, port, temporary files. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    this.#phase = 'ended';
    await this.reset();
    // Whoever waits for it learns that it is over.
    this.#events.put({ kind: 'exited', exit: { code: null, signal: 'SIGKILL' } });
    this.#log?.close();
    rmSync(this.#temporaryDirectory, { recursive: true, force: true });
    await this.#api.close();
    await this.#group?.remove();
  }

  get #settles(): boolean {
    return this.#kind.cpu.kind === 'settle';
  }

  /** What the share makes of the processor time of this event so far. */
  #settledMs(): number {
    this.#cpu.look(this.#process?.pids ?? []);
    return this.#cpu.ms / this.cores;
  }

  /** How much longer an event of this length would have taken with the share. */
  #heldMs(runMs: number): number {
    return this.#settles ? Math.max(0, this.#settledMs() - runMs) : 0;
  }

  /** Stops the process until its next event. */
  #freeze(): void {
    if (this.#phase === 'ready') this.#process?.freeze();
  }

  async #start(time: TimeLimit): Promise<InitFailure | null> {
    // The process before may still be on its way out.
    await this.#resetting;
    this.#events.clear();
    this.#memory.reset();
    this.#log?.close();
    this.#group?.unlimit();
    this.#limited = false;
    const log = await LogPipe.create(this.#temporaryDirectory, '.log');
    this.#log = log;
    if (this.#phase === 'ended') {
      log.close();
      return { kind: 'timed-out' };
    }
    const mark = `${this.#kind.runId}/${this.#name}`;
    const process = new RuntimeProcess({
      location: this.#kind.location,
      memoryMb: this.settings.memoryMb,
      variables: environmentVariables({
        settings: this.settings,
        location: this.#kind.location,
        runtimeApi: this.#api.address,
        logStream: this.logStream,
        temporaryDirectory: this.#temporaryDirectory,
        mark,
        inherited: this.#kind.inherited,
      }),
      mark,
      group: this.#group,
      log,
    });
    this.#process = process;
    void process.exited.then((exit) => {
      if (this.#process !== process) return;
      // Killed from outside while it waited: the next invocation starts it again.
      if (this.#phase === 'ready') void this.reset();
      else this.#events.put({ kind: 'exited', exit });
    });
    const stopLooking = this.#lookRegularly(Infinity);
    try {
      return await this.#initialised(time);
    } finally {
      stopLooking();
    }
  }

  async #initialised({ startMs, limitMs }: TimeLimit): Promise<InitFailure | null> {
    for (;;) {
      const event = await this.#events.take(startMs + limitMs);
      switch (event?.kind) {
        case 'next':
          return null;
        case undefined:
          return { kind: 'timed-out' };
        case 'init-error':
          return { kind: 'failed', payload: event.payload, errorType: event.errorType };
        case 'out-of-memory':
        case 'exited':
          return event;
        case 'response':
        case 'error':
        case 'share-used-up':
        // Belongs to no init.
      }
    }
  }

  /** Waits for a process that dropped its request for an event to ask again; `null` once it has. */
  async #askedAgain({ startMs, limitMs }: TimeLimit): Promise<EndingAt | null> {
    for (;;) {
      if (this.#api.idle) return null;
      const event = await this.#events.take(startMs + limitMs);
      if (event === null) return { ending: { kind: 'timed-out' }, atMs: startMs + limitMs };
      if (event.kind === 'exited') return { ending: event, atMs: performance.now() };
    }
  }

  async #answer({ startMs, limitMs }: TimeLimit): Promise<EndingAt> {
    for (;;) {
      const event = await this.#events.take(startMs + limitMs);
      switch (event?.kind) {
        case undefined:
        case 'share-used-up':
          return { ending: { kind: 'timed-out' }, atMs: startMs + limitMs };
        case 'response':
          return {
            ending:
              event.payload === null
                ? { kind: 'answer-too-large' }
                : { kind: 'answered', payload: event.payload },
            atMs: event.atMs,
          };
        case 'error':
          return {
            ending: { kind: 'failed', payload: event.payload, errorType: event.errorType },
            atMs: event.atMs,
          };
        case 'out-of-memory':
        case 'exited':
          return { ending: event, atMs: performance.now() };
        case 'next':
        case 'init-error':
        // Belongs to no invocation.
      }
    }
  }

  /**
   * After the answer: the process has until the time limit to ask for its next event. One that ends
   * instead has answered all the same; one that does neither has timed out.
   */
  async #finish(ending: InvocationEnding, time: TimeLimit): Promise<InvocationEnding> {
    for (;;) {
      const event = await this.#events.take(time.startMs + time.limitMs);
      switch (event?.kind) {
        case 'next':
          this.#look();
          if (this.#memory.mb > this.settings.memoryMb) {
            await this.reset();
            return { kind: 'out-of-memory' };
          }
          this.#phase = 'ready';
          return ending;
        case 'exited':
          await this.reset();
          return ending;
        case 'out-of-memory':
          await this.reset();
          return event;
        case undefined:
        case 'share-used-up':
          await this.reset();
          return { kind: 'timed-out' };
        case 'response':
        case 'error':
        case 'init-error':
        // Belongs to nothing that is under way.
      }
    }
  }

  /** @param limitMs what the event may take, for a share that is settled afterwards */
  #lookRegularly(limitMs: number): () => void {
    const timer = setInterval(() => {
      this.#look();
      if (this.#memory.mb > this.settings.memoryMb) this.#events.put({ kind: 'out-of-memory' });
      else if (this.#settles && this.#settledMs() > limitMs)
        this.#events.put({ kind: 'share-used-up' });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  #mustLive(): void {
    if (this.#phase === 'ended') throw new Error('The execution environment has been ended.');
  }

  #look(): void {
    const pids = this.#process?.pids;
    if (pids !== undefined) this.#memory.look(pids);
  }
}
