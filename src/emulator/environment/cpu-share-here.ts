import { chooseMeter } from './choose-meter.ts';
import type { CpuShare } from './cpu-share.ts';

/** Tells how environments would get their share of the processors on this machine, by trying it. */
export async function cpuShareHere(): Promise<CpuShare['kind']> {
  const meter = chooseMeter();
  const { kind } = await meter.chooseCpuShare('auto', await meter.newRunId());
  return kind;
}
