import type { Beliefs } from './beliefs.ts';
import { eligible, type Candidate } from './eligible.ts';
import { checkLimits } from './limits.ts';
import { noSizeMeetsLimits, nothingMeasured, type NoAnswer } from './no-answer.ts';
import type { RecommendRequest } from './recommendation.ts';
import { durationsOf, type Survey } from './survey.ts';

/** What is left to choose from once nothing speaks against a size. */
export interface Narrowed extends Survey {
  readonly kind: 'narrowed';
  readonly beliefs: Beliefs;
  /** Ascending, at least one. */
  readonly candidates: readonly Candidate[];
  readonly misfits: readonly Candidate[];
  readonly tooFull: readonly Candidate[];
  /** The present size, where it was measured; it may not be a candidate. */
  readonly present: Candidate | undefined;
}

/** Leaves out what does not fit, and what breaks the limits. */
export function narrow(
  { input, target, prices }: RecommendRequest,
  seen: Survey,
): Narrowed | NoAnswer {
  const { sizes, measured, beliefs, terms, diedUpToMb } = seen;
  if (measured.length === 0 || beliefs === null) return nothingMeasured(sizes, diedUpToMb);
  const { candidates, misfits, tooFull } = eligible(measured, input, target.timeoutSeconds);
  const checked = candidates.map((candidate) => ({
    candidate,
    checks: checkLimits(input.limits, candidate.estimate, durationsOf(candidate.sample, terms)),
  }));
  const within = checked.filter(({ checks }) => checks.every(({ ratio }) => ratio <= 1));
  if (within.length === 0) return noSizeMeetsLimits(sizes, checked, prices.currency);
  return {
    ...seen,
    kind: 'narrowed',
    beliefs,
    candidates: within.map(({ candidate }) => candidate),
    misfits,
    tooFull,
    present: measured.find(({ memoryMb }) => memoryMb === target.memoryMb),
  };
}
