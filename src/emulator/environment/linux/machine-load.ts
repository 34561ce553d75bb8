import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { LoadSample } from '../../../contract/shared/load-sample.ts';
import { ownCgroupPlaces } from './choose-cpu-share.ts';

/**
 * Tells what the machine has done so far, for a difference between two times; `null` where the system does
 * not tell (it is no Linux). Take the second one when the processes that were started have ended: only then
 * are they counted as one's own.
 */
export function readLoad(): LoadSample | null {
  const cpu = /^cpu\s+(.*)$/m.exec(read('/proc/stat'))?.[1]?.split(/\s+/).map(Number);
  // The name in front may hold spaces and brackets: the fields begin behind its last one.
  const own = read('/proc/self/stat')
    .replace(/^.*\)\s/s, '')
    .split(' ')
    .map(Number);
  if (cpu === undefined || cpu.length < 8 || own.length < 15) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    cpu;
  // proc(5): utime, stime, cutime and cstime are fields 14 to 17, the third is the first of these.
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = own.slice(11, 15);
  return {
    allTicks: user + nice + system + idle + iowait + irq + softirq + steal,
    idleTicks: idle + iowait,
    stealTicks: steal,
    ownTicks: utime + stime + cutime + cstime,
    load: loadavg()[0] ?? null,
    ...throttling(),
  };
}

/** Of the control groups that this process is in, the one that was held back most. */
function throttling(): Pick<LoadSample, 'periods' | 'throttledPeriods'> {
  const { v1, v2 } = ownCgroupPlaces();
  const all = [...v1, ...v2].map((directory) => {
    const text = read(`${directory}/cpu.stat`);
    const of = (name: string): number =>
      Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { periods: of('nr_periods'), throttledPeriods: of('nr_throttled') };
  });
  return all.reduce((a, b) => (b.throttledPeriods > a.throttledPeriods ? b : a), {
    periods: 0,
    throttledPeriods: 0,
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
