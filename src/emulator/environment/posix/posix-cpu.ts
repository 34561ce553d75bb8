import type { ReportedUsage } from '../process-watch.ts';
import type { ProcessRow } from './process-table.ts';

/** How `ps` counts processor time. */
export interface PsCounting {
  /** Whole seconds on Linux, hundredths on macOS and the BSDs. */
  readonly stepMs: number;
  /** Whether a process's time holds that of its children that have ended (-S, which macOS does not fill in). */
  readonly sumsEnded: boolean;
}

export const PS_COUNTING: PsCounting = {
  stepMs: process.platform === 'linux' ? 1000 : 10,
  sumsEnded: process.platform !== 'darwin',
};

/**
 * The processor time of one environment since `start`. Of our own runtime it is what the process tells of
 * itself, to the microsecond; of its children, and of any other runtime, what `ps` tells, in its steps. A
 * child that lives between two looks is missed where `ps` does not add it to its parent.
 */
export class PosixCpu {
  readonly #counting: PsCounting;
  /** What each process had used at the last look, also those that have ended since. */
  #seen = new Map<number, number>();
  #reportedMs: number | null = null;
  /** What everything but the reporting process had used, at the last look while that one waited. */
  #othersMs = 0;
  #before = { reportedMs: 0, othersMs: 0 };
  #processes = 1;

  constructor(counting: PsCounting = PS_COUNTING) {
    this.#counting = counting;
  }

  /** Begins anew for a process that takes the place of the one before. */
  reset(): void {
    this.#seen = new Map();
    this.#reportedMs = null;
    this.#othersMs = 0;
    this.#before = { reportedMs: 0, othersMs: 0 };
    this.#processes = 1;
  }

  /** Whether the process tells of itself, so that `ps` is needed for its children alone. */
  get isReported(): boolean {
    return this.#reportedMs !== null;
  }

  note({ cpuMs }: ReportedUsage): void {
    this.#reportedMs = Math.max(this.#reportedMs ?? 0, cpuMs);
  }

  /** Begins to count from here: everything is where the last look and the last word of the runtime left it. */
  start(): void {
    this.#before = { reportedMs: this.#reportedMs ?? 0, othersMs: this.#othersMs };
  }

  /**
   * @param root the process that was started first
   * @param waits whether it waits for an event, so that what it told last is still so
   */
  look(rows: readonly ProcessRow[], root: number, waits: boolean): void {
    this.#processes = Math.max(this.#processes, rows.length);
    for (const { pid, cpuMs } of rows) {
      this.#seen.set(pid, Math.max(this.#seen.get(pid) ?? 0, cpuMs));
    }
    if (this.#reportedMs !== null && !waits) return;
    const othersMs = this.#counting.sumsEnded
      ? rows.reduce((sum, { cpuMs }) => sum + cpuMs, 0) - (this.#reportedMs ?? 0)
      : this.#seenMs(root);
    this.#othersMs = Math.max(this.#othersMs, othersMs);
  }

  /** Returns the processor time as of the last look. */
  get ms(): number {
    const ownMs = (this.#reportedMs ?? 0) - this.#before.reportedMs;
    const othersMs = this.#othersMs - this.#before.othersMs;
    // Two counts that differ by the step of one of them say nothing.
    const noiseMs = this.isReported ? 2 * this.#counting.stepMs * this.#processes : 0;
    return ownMs + (othersMs > noiseMs ? othersMs : 0);
  }

  #seenMs(root: number): number {
    let sumMs = 0;
    for (const [pid, cpuMs] of this.#seen) {
      if (pid !== root || this.#reportedMs === null) sumMs += cpuMs;
    }
    return sumMs;
  }
}
