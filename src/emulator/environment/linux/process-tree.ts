import { readdirSync, readFileSync } from 'node:fs';
import { ENVIRONMENT_MARK } from '../environment-variables.ts';

/** Reads a file of /proc, or `null` once the process is gone. */
export function readProc(file: string): string | null {
  try {
    return readFileSync(`/proc/${file}`, 'latin1');
  } catch {
    return null;
  }
}

/** Returns the threads of a process; none once it is gone. */
export function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Tells how many files a process has open; 0 once it is gone. */
export function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/**
 * Returns a process and everything below it that is still attached. What detached itself (its parent ended)
 * is missing: `findMarkedProcesses` finds that, at a higher price.
 */
export function processTree(root: number): readonly number[] {
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const threads = threadsOf(pid);
    if (threads.length === 0) continue;
    found.push(pid);
    // Any thread may have started a child, and only its own list names it.
    for (const thread of threads) {
      const children = readProc(`${pid}/task/${thread}/children`) ?? '';
      for (const child of children.split(' ')) if (child !== '') open.push(Number(child));
    }
  }
  return found;
}

/**
 * Returns every process of this user whose environment mark passes, wherever it hangs: a daemon that detached
 * itself keeps the mark. Reads the environment of every process there is.
 */
export function findMarkedProcesses(passes: (mark: string) => boolean): readonly number[] {
  const found: number[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const mark = markOf(Number(entry));
    if (mark !== null && passes(mark)) found.push(Number(entry));
  }
  return found;
}

function markOf(pid: number): string | null {
  const variables = readProc(`${pid}/environ`);
  const start = `${ENVIRONMENT_MARK}=`;
  return (
    variables
      ?.split('\0')
      .find((entry) => entry.startsWith(start))
      ?.slice(start.length) ?? null
  );
}
