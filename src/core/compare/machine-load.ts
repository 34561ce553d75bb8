import type { LoadSample } from '../../contract/shared/load-sample.ts';
import type { MachineLoad } from '../../contract/shared/machine.ts';
import type { Busy } from '../../contract/shared/warnings/facts.ts';

/** From here on durations tell of the host as much as of the code. */
const MOST_STEAL = 0.05;
const MOST_THROTTLED = 0.1;
/** A machine is full when this little is left, and others are why when they take this much of it. */
const LEAST_IDLE = 0.1;
const MOST_OTHERS = 0.25;

/** Tells what went on between two samples; `null` where no time has passed by the counters. */
export function loadBetween(before: LoadSample, after: LoadSample): MachineLoad | null {
  const all = after.allTicks - before.allTicks;
  if (!(all > 0)) return null;
  const share = (ticks: number): number => Math.min(1, Math.max(0, ticks / all));
  const idleShare = share(after.idleTicks - before.idleTicks);
  const stealShare = share(after.stealTicks - before.stealTicks);
  const ownShare = share(after.ownTicks - before.ownTicks);
  const periods = after.periods - before.periods;
  const throttledShare =
    periods > 0
      ? Math.min(1, Math.max(0, (after.throttledPeriods - before.throttledPeriods) / periods))
      : 0;
  const othersShare = Math.max(0, 1 - idleShare - stealShare - ownShare);
  const isFull = idleShare < LEAST_IDLE && othersShare >= MOST_OTHERS;
  return {
    load: after.load,
    idleShare,
    othersShare,
    stealShare,
    throttledShare,
    tooBusy: isFull || stealShare >= MOST_STEAL || throttledShare >= MOST_THROTTLED,
  };
}

/** Tells what made a machine too busy to judge by; `null` where it was not. */
export function busyOf(load: MachineLoad): Busy | null {
  if (!load.tooBusy) return null;
  const { idleShare, othersShare, stealShare, throttledShare } = load;
  return {
    othersShare: idleShare < LEAST_IDLE && othersShare >= MOST_OTHERS ? othersShare : null,
    stealShare: stealShare >= MOST_STEAL ? stealShare : null,
    throttledShare: throttledShare >= MOST_THROTTLED ? throttledShare : null,
  };
}
