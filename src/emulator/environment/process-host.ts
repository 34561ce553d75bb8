import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { MEMORY_MB_PER_VCPU } from '../../contract/shared/memory.ts';
import type { FunctionHost, HostInvocation, HostReply } from '../lambda/function-host.ts';
import { CoreQueue } from './core-queue.ts';
import { chooseMeter } from './choose-meter.ts';
import type { CpuChoice, CpuShare } from './cpu-share.ts';
import type { Environment } from './environment.ts';
import { Peaks, type EnvironmentPeaks } from './environment-peaks.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { Guardian } from './guardian.ts';
import type { HandlerLocation } from './handler-location.ts';
import { hideValues } from './hide-values.ts';
import { carryOut } from './invocation.ts';
import { machineCores } from './machine-cores.ts';
import { largestMemoryMb, memoryRefusal } from './memory-refusal.ts';
import type { Meter } from './meter.ts';
import { runtimeVersion } from './runtime-version.ts';
import { sourceNames } from './stack-sources.ts';
import { buildHandler } from './typescript-handler.ts';

const INIT_LIMIT_MS = 10_000;

/** What a waiting process holds, roughly, in Node; in Python it is less. */
const IDLE_BYTES = 64 * 2 ** 20;
/** Every size of a run should find its environment warm again, so this is above `MAX_SIZES`. */
const MAX_IDLE = 64;
const MIN_IDLE = 8;

export interface HandlerOutput {
  readonly memoryMb: number;
  readonly text: string;
}

export interface ProcessHostOptions {
  readonly handler: HandlerLocation;
  /** How the CPU share is made. @default 'auto': the best that works here */
  readonly cpu?: CpuChoice;
  /** The processors to share out. @default all that this process may use */
  readonly cores?: number;
  /** Names of variables that the handler may see of the caller's environment. @default none */
  readonly passEnvironment?: readonly string[];
  /** Variables for every environment, in front of the function's own: credentials, for example. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables of the function whose values its log and its errors must not show, as those of `variables`. @default none */
  readonly hidden?: Readonly<Record<string, string>>;
  /** Called with what a handler printed, once its invocation has ended; values that are hidden are hidden here. */
  readonly onOutput?: (output: HandlerOutput) => void;
  /** The managed runtime whose ways are followed, such as `nodejs24.x`. @default the Node that runs here */
  readonly runtime?: string;
  /** Lambda's limit for the first init. @default 10000 */
  readonly initLimitMs?: number;
  /** The most environments that are kept warm. @default 64, or as many as fit half of the machine's memory */
  readonly maxIdle?: number;
  /** So many environments of each version are used in turn, so that none speaks for all. @default 0 */
  readonly spread?: number;
  /** The processors, where other hosts share them. @default a queue of its own */
  readonly queue?: CoreQueue;
}

/**
 * Returns a host that runs a handler as real processes over Lambda's Runtime API, each with the share of the
 * processors that its memory buys. On Linux it reads /proc, elsewhere it asks `ps`.
 * @throws {HandlerNotBuilt} a handler in TypeScript that cannot be bundled
 * @throws on Windows, and when the CPU share that is asked for does not work here
 */
export async function createProcessHost(options: ProcessHostOptions): Promise<FunctionHost> {
  const meter = chooseMeter();
  await meter.sweepDeadRuns();
  const runId = await meter.newRunId();
  const temporaryDirectory = path.join(tmpdir(), runId);
  mkdirSync(temporaryDirectory, { mode: 0o700 });
  // Started before the first group and the first process, so that at no moment nobody is there to clean up.
  const guardian = meter.startGuardian(runId, temporaryDirectory);
  try {
    const cpu = await meter.chooseCpuShare(options.cpu ?? 'auto', runId);
    const built = buildHandler(options.handler, path.join(temporaryDirectory, 'bundle'));
    if (built.kind === 'problem') throw new HandlerNotBuilt(built.message);
    const { location: handler } = built;
    return new ProcessHost(
      { ...options, handler },
      { cpu, meter, guardian, runId, temporaryDirectory },
    );
  } catch (error) {
    rmSync(temporaryDirectory, { recursive: true, force: true });
    await guardian.dismiss();
    throw error;
  }
}

/** A handler in TypeScript that could not be bundled, in words for whoever wrote it. */
export class HandlerNotBuilt extends Error {
  override readonly name = 'HandlerNotBuilt';
}

/** What was made for a host before it. */
interface HostParts {
  readonly cpu: CpuShare;
  readonly meter: Meter;
  readonly guardian: Guardian;
  readonly runId: string;
  readonly temporaryDirectory: string;
}

class ProcessHost implements FunctionHost {
  readonly cpu: CpuShare['kind'];
  readonly meter: Meter['kind'];
  readonly maxMemoryMb: number;
  readonly #cores: number;
  readonly #queue: CoreQueue;
  readonly #pool: EnvironmentPool;
  readonly #options: ProcessHostOptions;
  readonly #temporaryDirectory: string;
  readonly #guardian: Guardian;
  readonly #peaks = new Peaks();
  readonly #hide: (bytes: Buffer) => Buffer;
  #closing: Promise<void> | null = null;

  constructor(options: ProcessHostOptions, parts: HostParts) {
    const { temporaryDirectory, guardian } = parts;
    this.cpu = parts.cpu.kind;
    this.meter = parts.meter.kind;
    this.#options = options;
    this.#cores = options.cores ?? machineCores();
    this.maxMemoryMb = largestMemoryMb(this.#cores);
    this.#queue = options.queue ?? new CoreQueue(this.#cores);
    this.#temporaryDirectory = temporaryDirectory;
    this.#guardian = guardian;
    const name = sourceNames(options.handler);
    const hide = hideValues({ ...options.variables, ...options.hidden });
    this.#hide = (bytes) => hide(name(bytes));
    const inherited = (options.passEnvironment ?? []).flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    this.#pool = new EnvironmentPool(
      {
        location: options.handler,
        ...parts,
        ...(options.runtime === undefined ? {} : { runtime: options.runtime }),
        inherited: { ...Object.fromEntries(inherited), ...options.variables },
      },
      options.maxIdle ?? defaultMaxIdle(),
      options.spread ?? 0,
    );
  }

  peaks(): readonly EnvironmentPeaks[] {
    return this.#peaks.all();
  }

  refuses(memoryMb: number): string | null {
    return memoryRefusal(memoryMb, this.#cores);
  }

  async invoke(invocation: HostInvocation): Promise<HostReply> {
    const { settings } = invocation;
    const refusal = this.refuses(settings.memoryMb);
    if (refusal !== null) throw new Error(`Cannot invoke ${settings.functionName}: ${refusal}`);
    this.#pool.recycle(settings);

    const share = settings.memoryMb / MEMORY_MB_PER_VCPU;
    // At full speed even a small share takes a core, and so does every init.
    const runningCores = this.cpu === 'settle' ? Math.max(1, share) : share;
    const { taken, hold } = await this.#queue.acquire(() => ({
      cores: this.#pool.hasWarm(settings) ? runningCores : Math.max(1, share),
      take: () => this.#pool.takeIdle(settings),
    }));
    let environment: Environment | null = taken;
    try {
      environment ??= await this.#pool.create(settings);
      const reply = await carryOut(environment, invocation, hold, {
        runtimeVersion: runtimeVersion(
          this.#options.handler,
          settings.functionArn.split(':')[3] ?? '',
        ),
        initLimitMs: this.#options.initLimitMs ?? INIT_LIMIT_MS,
        runningCores,
        hide: this.#hide,
        onOutput: (text) => this.#options.onOutput?.({ memoryMb: settings.memoryMb, text }),
      });
      this.#peaks.note(environment.peaks);
      if (this.#closing !== null) throw closedError();
      return reply;
    } catch (error) {
      // An error that comes while everything ends is none of the invocation's own.
      throw this.#closing === null ? error : closedError();
    } finally {
      // The environment is given back first, so that whoever gets the cores finds it idle.
      if (environment !== null) await this.#pool.giveBack(environment);
      hold.release();
    }
  }

  retire(functionArn: string, version: string): Promise<void> {
    return this.#pool.retire(functionArn, version);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#queue.close(closedError());
    await this.#pool.close();
    rmSync(this.#temporaryDirectory, { recursive: true, force: true });
    await this.#guardian.dismiss();
  }
}

function closedError(): Error {
  return new Error('The local function host was closed while an invocation was under way.');
}

function defaultMaxIdle(): number {
  const fitting = Math.floor(totalmem() / 2 / IDLE_BYTES);
  return Math.max(MIN_IDLE, Math.min(MAX_IDLE, fitting));
}
