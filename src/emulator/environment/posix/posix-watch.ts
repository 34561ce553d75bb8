import type { WatchedPlace } from '../meter.ts';
import type { ProcessWatch, ReportedUsage, ResourceLimits } from '../process-watch.ts';
import { Household } from './household.ts';
import type { Looks } from './looks.ts';
import { PosixCpu } from './posix-cpu.ts';
import type { ProcessTable } from './process-table.ts';

/** How often `ps` is asked while a process works: it takes some milliseconds of a processor. */
const LOOK_EVERY_MS = 200;
/** An event that took less is not looked at for children that came and went. */
const WORTH_A_LOOK_MS = 100;
const BYTES_PER_MB = 2 ** 20;

/** What all environments of one host look at together. */
export interface SharedLooks {
  readonly table: Looks<ProcessTable>;
  readonly marks: Looks<ReadonlyMap<number, string>>;
}

/** By `ps`, by process groups, and by what our own runtime tells of itself. */
export class PosixWatch implements ProcessWatch {
  readonly #limits: ResourceLimits;
  readonly #place: WatchedPlace;
  readonly #looks: SharedLooks;
  readonly #cpu = new PosixCpu();
  #household: Household | null = null;
  #root = 0;
  #peakBytes = 0;
  #eventSinceMs = 0;
  /** Whether the process waits for an event, so that what it told last is still so. */
  #waits = false;

  constructor(limits: ResourceLimits, place: WatchedPlace, looks: SharedLooks) {
    this.#limits = limits;
    this.#place = place;
    this.#looks = looks;
  }

  get pids(): readonly number[] {
    return this.#household?.pids ?? [];
  }

  async findAll(): Promise<readonly number[]> {
    const [table, marks] = await Promise.all([
      this.#looks.table.fresh().catch(() => null),
      this.#looks.marks.fresh().catch(() => new Map<number, string>()),
    ]);
    const rows = table === null ? [] : this.#household?.look(table);
    const found = new Set(rows?.map(({ pid }) => pid));
    for (const [pid, mark] of marks) if (mark === this.#place.mark) found.add(pid);
    return [...found];
  }

  afterNextLook(act: () => void): void {
    void this.#look().then(act);
  }

  startProcess(pid: number): void {
    this.#root = pid;
    this.#household = new Household(pid);
    this.#peakBytes = 0;
    this.#cpu.reset();
    this.#waits = false;
    this.#place.guardian.tell(`group ${pid}`);
  }

  endProcess(): void {
    if (this.#household === null) return;
    this.#household = null;
    this.#place.guardian.tell(`gone ${this.#root}`);
  }

  get peakMemoryMb(): number {
    return this.#peakBytes / BYTES_PER_MB;
  }

  /** `ps` tells of none. */
  get peakDescriptors(): null {
    return null;
  }

  get outOfMemory(): boolean {
    return this.peakMemoryMb > this.#limits.memoryMb;
  }

  note(usage: ReportedUsage): void {
    this.#cpu.note(usage);
    this.#peakBytes = Math.max(this.#peakBytes, usage.peakBytes);
    this.#waits = true;
  }

  async startEvent(): Promise<void> {
    // A process that tells nothing of itself is known only as of a look, and it has been stopped since it
    // answered.
    if (this.#limits.settles && !this.#cpu.isReported) await this.#look();
    this.#cpu.start();
    this.#waits = false;
    this.#eventSinceMs = performance.now();
  }

  /**
   * Does nothing: there is nothing to see without waiting, and the next look or the process itself will tell.
   */
  lookAtMemory(): void {}

  async settledMs(): Promise<number> {
    if (!this.#limits.settles) return 0;
    const tookMs = performance.now() - this.#eventSinceMs;
    const hasOthers = this.pids.length > 1;
    if (!this.#cpu.isReported || hasOthers || tookMs > WORTH_A_LOOK_MS) await this.#look();
    return this.#cpu.ms / this.#limits.cores;
  }

  lookRegularly(
    shareMs: number,
    exceeded: (what: 'out-of-memory' | 'share-used-up') => void,
  ): () => void {
    const timer = setInterval(() => void this.#lookOnce(shareMs, exceeded), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  async #lookOnce(
    shareMs: number,
    exceeded: (what: 'out-of-memory' | 'share-used-up') => void,
  ): Promise<void> {
    await this.#look();
    if (this.outOfMemory) exceeded('out-of-memory');
    else if (this.#limits.settles && this.#cpu.ms / this.#limits.cores > shareMs) {
      exceeded('share-used-up');
    }
  }

  /** Looks at the processes. Where `ps` does not answer, nothing is learned; the process itself still tells. */
  async #look(): Promise<void> {
    const household = this.#household;
    const waited = this.#waits;
    const table = await this.#looks.table.fresh().catch(() => null);
    if (table === null || household === null || this.#household !== household) return;
    const rows = household.look(table);
    this.#cpu.look(rows, this.#root, waited && this.#waits);
    const heldBytes = rows.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    this.#peakBytes = Math.max(this.#peakBytes, heldBytes);
  }
}
