import { CpuMeter } from './cpu-meter.ts';
import { MemoryPeak } from './memory-peak.ts';

/** How often memory (and, to settle, processor time) is looked at while a process works. */
const LOOK_EVERY_MS = 25;

export interface ResourceLimits {
  readonly memoryMb: number;
  /** The processors that the memory buys. */
  readonly cores: number;
  /** Whether the share is settled afterwards, and so processor time has to be known. */
  readonly settles: boolean;
}

/** Looks after what the processes of one environment use, against what its memory size allows. */
export class ResourceWatch {
  readonly #limits: ResourceLimits;
  readonly #pids: () => readonly number[];
  readonly #memory = new MemoryPeak();
  readonly #cpu = new CpuMeter();

  /** @param pids the processes there are at the moment of the call */
  constructor(limits: ResourceLimits, pids: () => readonly number[]) {
    this.#limits = limits;
    this.#pids = pids;
  }

  /** The most memory used by the process that runs now, in MB. */
  get peakMemoryMb(): number {
    return this.#memory.mb;
  }

  get outOfMemory(): boolean {
    return this.#memory.mb > this.#limits.memoryMb;
  }

  /** A new process starts. */
  startProcess(): void {
    this.#memory.reset();
  }

  /** An event is about to be handed out: processor time counts from here. */
  startEvent(): void {
    if (this.#limits.settles) this.#cpu.start(this.#pids());
  }

  lookAtMemory(): void {
    this.#memory.look(this.#pids());
  }

  /** What the share makes of the processor time of this event so far, in ms; 0 where nothing settles. */
  settledMs(): number {
    if (!this.#limits.settles) return 0;
    this.#cpu.look(this.#pids());
    return this.#cpu.ms / this.#limits.cores;
  }

  /**
   * Looks again and again, until the returned function is called.
   * @param shareMs what the share may make of the processor time
   */
  lookRegularly(
    shareMs: number,
    exceeded: (what: 'out-of-memory' | 'share-used-up') => void,
  ): () => void {
    const timer = setInterval(() => {
      this.lookAtMemory();
      if (this.outOfMemory) exceeded('out-of-memory');
      else if (this.settledMs() > shareMs) exceeded('share-used-up');
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}
