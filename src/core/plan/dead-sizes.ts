import { diedUpToMb } from '../measure/died-up-to.ts';
import { hopelessSizes } from '../measure/hopeless.ts';
import type { SizeSample } from '../recommend/size-sample.ts';
import type { PlanRequest } from './plan-request.ts';
import { listSeen } from './safe-sizes.ts';

/** Refused sizes, hopeless ones, and every size up to the largest that ever ran out of memory. */
export function deadSizes(
  request: PlanRequest,
  samples: readonly SizeSample[],
): ReadonlySet<number> {
  const largest = diedUpToMb(listSeen(request));
  return new Set([
    ...request.variants.filter(({ outcome }) => outcome === 'refused').map((each) => each.memoryMb),
    ...hopelessSizes(request.observations),
    ...samples.map(({ memoryMb }) => memoryMb).filter((memoryMb) => memoryMb <= largest),
  ]);
}
