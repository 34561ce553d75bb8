import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { NEARLY_FULL } from '../plan/memory-in-use.ts';
import type { SizeEstimate } from './size-estimate.ts';
import type { SizeSample } from './size-sample.ts';

/** Of its memory, that a size must have left, unless the input says otherwise. */
const DEFAULT_HEADROOM = 1 - NEARLY_FULL;

/** A size that was measured, with all that is known of it. */
export interface Candidate {
  readonly memoryMb: number;
  readonly sample: SizeSample;
  readonly estimate: SizeEstimate;
}

/** Sizes to choose from, and those set aside for a reason that is not in the goal. */
export interface Eligible {
  readonly candidates: readonly Candidate[];
  readonly misfits: readonly Candidate[];
  /** Those that have too little memory left over what invocations were seen to use. */
  readonly tooFull: readonly Candidate[];
}

/**
 * Leaves out what nobody should be recommended: sizes that failed more often than not, that timed out
 * where others did not, sizes with less memory to spare than the limits want, and sizes whose slow invocations do not fit the present timeout, unless the
 * timeout is changed in the same update. A reason that holds for every size is none: then it says
 * something about the function and not about the size.
 *
 * @param measured without those that ran out of memory
 */
export function eligible(
  measured: readonly Candidate[],
  input: SettledInput,
  presentTimeoutSeconds: number,
): Eligible {
  const withoutFailures = [
    (each: Candidate): boolean => each.sample.outcomes.ok * 2 >= each.sample.invocations,
    (each: Candidate): boolean => each.sample.outcomes.timeout === 0,
  ].reduce(keepSome, measured);
  const withHeadroom = keepSome(withoutFailures, hasHeadroom(input));
  const tooFull = withoutFailures.filter((each) => !withHeadroom.includes(each));
  if (changesTimeout(input)) return { candidates: withHeadroom, misfits: [], tooFull };
  const fits = (each: Candidate): boolean => longestMs(each.sample) <= presentTimeoutSeconds * 1000;
  const candidates = keepSome(withHeadroom, fits);
  return {
    candidates,
    misfits: withHeadroom.filter((each) => !candidates.includes(each)),
    tooFull,
  };
}

/**
 * The next larger payload must not be the next incident: a size keeps a part of its memory free of what its
 * own invocations were seen to use (runtimes with a garbage collector use less on less memory).
 */
function hasHeadroom({ limits }: SettledInput): (candidate: Candidate) => boolean {
  const headroom = limits?.memoryHeadroom ?? DEFAULT_HEADROOM;
  return ({ memoryMb, sample }) => (sample.maxMemoryUsedMb ?? 0) <= memoryMb * (1 - headroom);
}

/** Tells whether the run sets the timeout together with the memory. */
export function changesTimeout(input: SettledInput): boolean {
  return typeof input.apply === 'object' && input.apply.timeout === true;
}

/** Returns the longest that any invocation ran, warm, cold or cut off. */
export function longestMs(sample: SizeSample): number {
  return Math.max(
    sample.warm.at(-1)?.durationMs ?? 0,
    sample.cold.at(-1)?.durationMs ?? 0,
    sample.cutOffMs.at(-1) ?? 0,
  );
}

function keepSome(
  candidates: readonly Candidate[],
  keep: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const kept = candidates.filter(keep);
  return kept.length > 0 ? kept : candidates;
}
