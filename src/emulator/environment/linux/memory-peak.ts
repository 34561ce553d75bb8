import { readProc } from './process-tree.ts';

const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1024 * 1024;

/**
 * The most memory that the processes of one environment were seen to use. For a single process that is
 * the kernel's own high-water mark (VmHWM), so nothing is missed between two looks. Several processes
 * share pages and peak at different times: there it is the larger of the greatest sum of what they held
 * at one look and the greatest mark of any one of them.
 */
export class MemoryPeak {
  #bytes = 0;

  /** In AWS's MB of 2^20 bytes, as a fraction. */
  get mb(): number {
    return this.#bytes / BYTES_PER_MB;
  }

  look(pids: readonly number[]): void {
    let held = 0;
    for (const pid of pids) {
      const status = readProc(`${pid}/status`);
      if (status === null) continue;
      held += field(status, 'VmRSS');
      this.#bytes = Math.max(this.#bytes, field(status, 'VmHWM'));
    }
    this.#bytes = Math.max(this.#bytes, held);
  }

  /** For a process that starts over in the same environment. */
  reset(): void {
    this.#bytes = 0;
  }
}

/** Returns a size in /proc/<pid>/status in bytes; 0 for a process without memory, such as a zombie. */
function field(status: string, name: string): number {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status);
  return Number(match?.[1] ?? 0) * BYTES_PER_KB;
}
