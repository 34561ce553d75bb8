import type { Observation } from '../../contract/shared/observation.ts';
import type { RefusedSize } from './plan-reason.ts';
import { diedUpToMb } from '../measure/died-up-to.ts';
import { LARGE_SIZES, likelySizes } from './candidate-sizes.ts';
import { holds, memoryInUseMb, NEARLY_FULL } from './memory-in-use.ts';
import type { PlanRequest } from './plan-request.ts';

/**
 * Callers of $LATEST meet every size that is set on it, if only for seconds: these sizes may be set there
 * without killing their invocations, as far as anything was seen.
 */

type Seen = Pick<
  PlanRequest,
  'target' | 'trial' | 'beforeTrial' | 'observations' | 'productionUsedMb'
>;

/** Returns everything that was seen of the target: the trial, too, shows what it uses and whether it dies. */
export function listSeen({ trial, observations }: Pick<Seen, 'trial' | 'observations'>) {
  return trial ? [trial, ...observations] : observations;
}

/**
 * Tells whether an automatic run may set a size: never at or below a death. One that does not hold the memory
 * in use is not set, and where nothing tells what is in use, none below the present one. The present size is
 * there anyway.
 */
export function isSafe(request: Seen): (memoryMb: number) => boolean {
  const { target, beforeTrial } = request;
  const seen: readonly Observation[] = listSeen(request);
  const died = diedUpToMb(seen);
  const used = usedOf(seen, request);
  return (memoryMb) => {
    if (memoryMb <= died) return false;
    if (memoryMb === target.memoryMb || beforeTrial === true) return true;
    return used === null ? memoryMb > target.memoryMb : holds(memoryMb, used);
  };
}

/** Tells what the run saw in use, or production, whichever is more. */
function usedOf(
  seen: readonly Observation[],
  { productionUsedMb = null }: Pick<Seen, 'productionUsedMb'>,
): number | null {
  const used = memoryInUseMb(seen);
  return productionUsedMb === null ? used : Math.max(used ?? 0, productionUsedMb);
}

/** Fewer than this are no choice: then larger ones are looked at as well. */
const FEWEST = 2;
/** Sizes closer than this differ by less than the noise. */
const LEAST_RATIO = 1.25;

/** Returns the sizes that an automatic run looks at first, as far as they are safe. */
export function automaticSizes(request: Seen): readonly number[] {
  const likely = likelySizes(request.target.memoryMb).filter(isSafe(request));
  if (likely.length >= FEWEST) return likely;
  const largest = likely.at(-1) ?? 0;
  const larger = LARGE_SIZES.filter(isSafe(request)).filter((size) => size > largest * LEAST_RATIO);
  return [...likely, ...larger];
}

/**
 * Sizes of the list that are refused: they do not hold the memory that the target was seen to use, and
 * somebody may call $LATEST while they are set. Without such callers, or with `allowSmall`, the list is the
 * user's word: runtimes with a garbage collector do use less on less memory.
 */
export function refusedSizes(
  request: PlanRequest,
  memorySizes: readonly number[],
): readonly RefusedSize[] {
  const { input, target } = request;
  const used = usedOf(listSeen(request), request);
  if (input.allowSmall || target.calledUnqualified !== true || used === null) return [];
  return memorySizes
    .filter((memoryMb) => memoryMb !== target.memoryMb && !holds(memoryMb, used))
    .map((memoryMb) => ({
      memoryMb,
      reason: {
        code: 'below-memory-in-use',
        usedMb: used,
        leastMemoryMb: Math.ceil(used / NEARLY_FULL),
      },
    }));
}
