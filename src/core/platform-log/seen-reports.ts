import type { PlatformReport } from './platform-report.ts';

/** From so many on, no further report is remembered: 16 MB are enough for a log of any size. */
const MOST_REPORTS = 1_000_000;
const FIRST_SLOTS = 4096;

/**
 * The reports that a log held so far, each as one number of 52 bits: two of a million are taken for one
 * with a probability of one in ten thousand. A table with open addressing, because a set of as many numbers
 * takes several times the memory.
 */
export class SeenReports {
  #slots = new Float64Array(FIRST_SLOTS);
  #size = 0;

  /** Whether the same report was seen before, alike in every figure; remembers it where it was not. */
  seen(report: PlatformReport): boolean {
    const key = keyOf(report);
    const slot = this.#slotOf(key);
    if (this.#slots[slot] === key) return true;
    if (this.#size >= MOST_REPORTS) return false;
    this.#slots[slot] = key;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return false;
  }

  /** Where a key stands, or is to be put. */
  #slotOf(key: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    // The lower bits of the key: what is above 32 bits does not count here.
    let slot = key & last;
    for (;;) {
      const found = slots[slot];
      if (found === 0 || found === key) return slot;
      slot = (slot + 1) & last;
    }
  }

  #grow(): void {
    const keys = this.#slots;
    this.#slots = new Float64Array(keys.length * 4);
    for (const key of keys) {
      if (key !== 0) this.#slots[this.#slotOf(key)] = key;
    }
  }
}

/** Never 0, which is an empty slot. */
function keyOf(report: PlatformReport): number {
  let high = 0x811c9dc5;
  let low = 0x2545f491;
  const { requestId } = report;
  for (let index = 0; index < requestId.length; index += 1) {
    const code = requestId.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low, 31) + code;
  }
  high = mix(high, report.durationMs);
  high = mix(high, report.billedMs);
  high = mix(high, report.initMs);
  low = mix(low, report.restoreMs);
  low = mix(low, report.memorySizeMb);
  low = mix(low, report.maxMemoryUsedMb);
  return (high >>> 0) * 2 ** 20 + (low >>> 12) + 1;
}

function mix(hash: number, figure: number | null): number {
  const hundredths = figure === null ? -1 : Math.round(figure * 100);
  const mixed = Math.imul(hash ^ hundredths, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
