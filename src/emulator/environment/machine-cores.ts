import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ownCgroupPlaces } from './linux/choose-cpu-share.ts';

/** Returns the processors that this process may use: the machine's, or less inside a limited container. */
export function machineCores(): number {
  const { v1, v2 } = ownCgroupPlaces();
  return Math.min(availableParallelism(), ...v1.map(quotaV1), ...v2.map(quotaV2));
}

function quotaV1(directory: string): number {
  const quota = Number(read(`${directory}/cpu.cfs_quota_us`));
  return quota > 0 ? quota / Number(read(`${directory}/cpu.cfs_period_us`)) : Infinity;
}

function quotaV2(directory: string): number {
  const [quota, period] = read(`${directory}/cpu.max`).split(' ');
  return Number(quota) > 0 ? Number(quota) / Number(period) : Infinity;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
