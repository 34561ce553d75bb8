import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cgroupPlaces } from './cgroup-places.ts';
import { CpuGroup, type CgroupVersion } from './cpu-group.ts';
import { quotaWorks } from './quota-probe.ts';
import { settleFor, type CpuChoice, type CpuShare } from '../cpu-share.ts';

/**
 * Finds a way that works here, by trying it: the first directory of the wanted kind where a group can
 * be made and a process in it is really held back. `auto` ends with `settle`, which always works.
 * @throws when the kind that is asked for does not work on this machine
 */
export async function chooseCpuShare(choice: CpuChoice, runId: string): Promise<CpuShare> {
  if (choice !== 'settle') {
    const places = ownCgroupPlaces();
    const candidates: readonly (readonly [CgroupVersion, readonly string[]])[] = [
      ['cgroup-v1', choice === 'cgroup-v2' ? [] : places.v1],
      ['cgroup-v2', choice === 'cgroup-v1' ? [] : places.v2],
    ];
    for (const [version, directories] of candidates) {
      for (const directory of directories) {
        const newGroup = (name: string) => CpuGroup.create(version, `${directory}/${name}`);
        if (await quotaWorks(() => newGroup(`${runId}-probe-${randomBytes(2).toString('hex')}`))) {
          return { kind: version, directory, newGroup };
        }
      }
    }
  }
  return settleFor(choice);
}

/**
 * Returns the directories on this machine, also those of the kind that is not used: older runs may have been
 * there.
 */
export function ownCgroupPlaces(): {
  readonly v1: readonly string[];
  readonly v2: readonly string[];
} {
  try {
    return cgroupPlaces(
      readFileSync('/proc/self/mountinfo', 'utf8'),
      readFileSync('/proc/self/cgroup', 'utf8'),
    );
  } catch {
    return { v1: [], v2: [] };
  }
}
