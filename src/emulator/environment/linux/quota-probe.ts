import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CpuGroup } from './cpu-group.ts';

const PROBE_CORES = 0.1;
const LOOK_EVERY_MS = 10;
const LOOKS = 100;

/**
 * Tells whether a group really holds a process back: one that never pauses is put into it and must be seen
 * throttled. Containers often show the files and take the numbers, to no effect.
 */
export async function quotaWorks(newGroup: () => CpuGroup): Promise<boolean> {
  let group: CpuGroup;
  try {
    group = newGroup();
  } catch {
    return false;
  }
  try {
    group.limitTo(PROBE_CORES);
    const before = group.throttledPeriods;
    const busy = spawn(
      '/bin/sh',
      ['-c', 'echo $$ > "$0" && while :; do :; done', group.procsFile],
      {
        stdio: 'ignore',
        detached: true,
      },
    );
    const exited = new Promise<'exited'>((resolve) => {
      busy.once('exit', () => resolve('exited'));
      busy.once('error', () => resolve('exited'));
    });
    try {
      for (let look = 0; look < LOOKS; look += 1) {
        if ((await Promise.race([exited, sleep(LOOK_EVERY_MS)])) === 'exited') return false;
        if (group.throttledPeriods > before) return true;
      }
      return false;
    } finally {
      busy.kill('SIGKILL');
      await exited;
    }
  } catch {
    return false;
  } finally {
    await group.remove();
  }
}
