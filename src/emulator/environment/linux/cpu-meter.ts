import { readProc, threadsOf } from './process-tree.ts';

/** The kernel's USER_HZ, which is 100 on every architecture that Node runs on. */
const MS_PER_TICK = 10;
const NS_PER_MS = 1e6;

/**
 * The processor time of the processes of one environment since `start`. The kernel counts each thread
 * in nanoseconds but forgets a thread that ended; of a whole process, ended threads and children
 * included, it tells ticks of 10 ms. The fine count is used, and the coarse one where it knows of more
 * than its own rounding can explain.
 */
export class CpuMeter {
  readonly #threads = new Map<string, { first: number; last: number }>();
  #firstTicksMs = 0;
  #lastTicksMs = 0;
  #processes = 1;

  start(pids: readonly number[]): void {
    this.#threads.clear();
    for (const [thread, ns] of threadTimes(pids))
      this.#threads.set(thread, { first: ns, last: ns });
    this.#firstTicksMs = this.#lastTicksMs = ticksMs(pids);
    this.#processes = 1;
  }

  /** To be called now and then, so that threads that come and go between are counted. */
  look(pids: readonly number[]): void {
    for (const [thread, ns] of threadTimes(pids)) {
      const known = this.#threads.get(thread);
      if (known === undefined) this.#threads.set(thread, { first: 0, last: ns });
      else known.last = Math.max(known.last, ns);
    }
    this.#lastTicksMs = Math.max(this.#lastTicksMs, ticksMs(pids));
    this.#processes = Math.max(this.#processes, pids.length);
  }

  /** Returns the processor time as of the last look, in ms. */
  get ms(): number {
    let ns = 0;
    for (const { first, last } of this.#threads.values()) ns += last - first;
    const fineMs = ns / NS_PER_MS;
    const coarseMs = this.#lastTicksMs - this.#firstTicksMs;
    // User and system time are cut to whole ticks, each at both ends.
    const roundingMs = 2 * MS_PER_TICK * this.#processes;
    return coarseMs > fineMs + roundingMs ? coarseMs : fineMs;
  }
}

function* threadTimes(pids: readonly number[]): Generator<[string, number]> {
  for (const pid of pids) {
    for (const thread of threadsOf(pid)) {
      const schedstat = readProc(`${pid}/task/${thread}/schedstat`);
      if (schedstat !== null) yield [`${pid}/${thread}`, Number(schedstat.split(' ')[0])];
    }
  }
}

/** User and system time of the processes and of their children that ended, in steps of 10 ms. */
function ticksMs(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = readProc(`${pid}/stat`);
    if (stat === null) continue;
    // From the state on, past the command in brackets; utime, stime, cutime, cstime are 14th to 17th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks * MS_PER_TICK;
}
