import type { WatchedPlace } from '../meter.ts';
import type { ProcessWatch, ResourceLimits } from '../process-watch.ts';
import { CpuMeter } from './cpu-meter.ts';
import { MemoryPeak } from './memory-peak.ts';
import { descriptorsOf, findMarkedProcesses, processTree } from './process-tree.ts';

/** How often memory (and, to settle, processor time) is looked at while a process works. */
const LOOK_EVERY_MS = 25;

/** Reads /proc, which tells everything at the moment of asking. */
export class LinuxWatch implements ProcessWatch {
  readonly #limits: ResourceLimits;
  readonly #place: WatchedPlace;
  readonly #memory = new MemoryPeak();
  readonly #cpu = new CpuMeter();
  #root: number | null = null;
  #descriptors = 0;

  constructor(limits: ResourceLimits, place: WatchedPlace) {
    this.#limits = limits;
    this.#place = place;
  }

  get pids(): readonly number[] {
    if (this.#root === null) return [];
    return this.#place.group?.pids ?? processTree(this.#root);
  }

  findAll(): Promise<readonly number[]> {
    const { group, mark } = this.#place;
    return Promise.resolve(group?.pids ?? findMarkedProcesses((other) => other === mark));
  }

  /** Every look finds all there is. */
  afterNextLook(): void {}

  startProcess(pid: number): void {
    this.#root = pid;
    this.#memory.reset();
  }

  endProcess(): void {
    this.#root = null;
  }

  get peakMemoryMb(): number {
    return this.#memory.mb;
  }

  get peakDescriptors(): number {
    return this.#descriptors;
  }

  get outOfMemory(): boolean {
    return this.#memory.mb > this.#limits.memoryMb;
  }

  /** The kernel knows better. */
  note(): void {}

  startEvent(): Promise<void> {
    if (this.#limits.settles) this.#cpu.start(this.pids);
    return Promise.resolve();
  }

  lookAtMemory(): void {
    const { pids } = this;
    this.#memory.look(pids);
    const open = pids.reduce((sum, pid) => sum + descriptorsOf(pid), 0);
    this.#descriptors = Math.max(this.#descriptors, open);
  }

  settledMs(): Promise<number> {
    return Promise.resolve(this.#settledMs());
  }

  lookRegularly(
    shareMs: number,
    exceeded: (what: 'out-of-memory' | 'share-used-up') => void,
  ): () => void {
    const timer = setInterval(() => {
      this.lookAtMemory();
      if (this.outOfMemory) exceeded('out-of-memory');
      else if (this.#settledMs() > shareMs) exceeded('share-used-up');
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  #settledMs(): number {
    if (!this.#limits.settles) return 0;
    this.#cpu.look(this.pids);
    return this.#cpu.ms / this.#limits.cores;
  }
}
