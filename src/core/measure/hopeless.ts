import type { Observation } from '../../contract/shared/observation.ts';

/** After how many failures, with no success among them, a size is given up: one may be bad luck. */
const OUT_OF_MEMORY_IS_ENOUGH = 2;
const TIMEOUTS_ARE_ENOUGH = 3;
const FAILURES_ARE_ENOUGH = 5;

/**
 * The sizes that are not worth another invocation: nothing but failures so far, or no larger than a
 * size that ran out of memory each time. They are recorded outcomes; the other sizes go on.
 */
export function hopelessSizes(observations: readonly Observation[]): ReadonlySet<number> {
  const bySize = groupBySize(observations);
  const hopeless = new Set<number>();
  let outOfMemoryUpTo = 0;
  for (const [memoryMb, own] of bySize) {
    const count = (outcome: Observation['outcome']): number =>
      own.filter((each) => each.outcome === outcome).length;
    if (count('ok') > 0) continue;
    if (count('out-of-memory') >= OUT_OF_MEMORY_IS_ENOUGH) {
      hopeless.add(memoryMb);
      outOfMemoryUpTo = Math.max(outOfMemoryUpTo, memoryMb);
    } else if (count('timeout') >= TIMEOUTS_ARE_ENOUGH || own.length >= FAILURES_ARE_ENOUGH) {
      hopeless.add(memoryMb);
    }
  }
  for (const [memoryMb, own] of bySize) {
    if (memoryMb < outOfMemoryUpTo && !own.some(({ outcome }) => outcome === 'ok')) {
      hopeless.add(memoryMb);
    }
  }
  return hopeless;
}

function groupBySize(
  observations: readonly Observation[],
): ReadonlyMap<number, readonly Observation[]> {
  const groups = new Map<number, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.memoryMb);
    if (group === undefined) groups.set(observation.memoryMb, [observation]);
    else group.push(observation);
  }
  return groups;
}
