import type { ProcessRow, ProcessTable } from './process-table.ts';

/** The time at which a process was started is known to the second, and rounded either way. */
export const SAME_START_MS = 2000;

/**
 * The processes that belong to the one that was started first: its process group, whatever descends from
 * them, and those that once did and have another parent by now. A process that leaves its parent and its
 * group between two looks is not seen here; its mark is (`readMarks`).
 */
export class Household {
  /** When each was started: a number may be given to another process later. */
  readonly #known = new Map<number, number>();
  readonly #root: number;

  constructor(root: number) {
    this.#root = root;
  }

  /** Those that the last look found, and the first one. */
  get pids(): readonly number[] {
    return [...new Set([this.#root, ...this.#known.keys()])];
  }

  /** Takes in what a look found, and forgets who has ended. */
  look({ rows }: ProcessTable): readonly ProcessRow[] {
    const found = new Map<number, ProcessRow>();
    for (const row of rows.values()) if (this.#isFirst(row)) found.set(row.pid, row);
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const row of rows.values()) if (found.has(row.parent)) found.set(row.pid, row);
    }
    this.#known.clear();
    for (const row of found.values()) this.#known.set(row.pid, row.startedAtMs);
    return [...found.values()];
  }

  #isFirst({ pid, group, startedAtMs }: ProcessRow): boolean {
    if (pid === this.#root || group === this.#root) return true;
    const known = this.#known.get(pid);
    return known !== undefined && Math.abs(known - startedAtMs) <= SAME_START_MS;
  }
}
