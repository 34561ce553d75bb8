import type { SettledInput } from '../../contract/tune/state.ts';
import type { SizeEstimate } from './size-estimate.ts';
import type { SizeSample } from './size-sample.ts';

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
}

/**
 * Leaves out what nobody should be recommended: sizes that failed more often than not, that timed out
 * where others did not, and sizes whose slow invocations do not fit the present timeout, unless the
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
  if (changesTimeout(input)) return { candidates: withoutFailures, misfits: [] };
  const fits = (each: Candidate): boolean => longestMs(each.sample) <= presentTimeoutSeconds * 1000;
  const candidates = keepSome(withoutFailures, fits);
  return {
    candidates,
    misfits: withoutFailures.filter((each) => !candidates.includes(each)),
  };
}

/** Whether the run sets the timeout together with the memory. */
export function changesTimeout(input: SettledInput): boolean {
  return typeof input.apply === 'object' && input.apply.timeout === true;
}

/** The longest that any invocation ran, warm, cold or cut off. */
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
