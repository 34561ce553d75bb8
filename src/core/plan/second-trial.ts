import type { Round } from '../../contract/tune/state.ts';
import type { PlanRequest } from './plan-request.ts';
import type { PlanDecision } from './plan.ts';

/**
 * A trial that ended in an error is no objection yet: what failed for want of memory, or of the processors
 * and the time that it buys, ends well on more, whatever the function calls its error. One invocation of the
 * largest size that the run would look at decides. Where none is larger than the present one, nothing is
 * left to be tried.
 *
 * @param first what the run would measure first
 */
export function secondTrialMb(
  { memoryMb }: { readonly memoryMb: number },
  first: Pick<Round, 'sizes'>,
): number | null {
  const largest = Math.max(0, ...first.sizes.map((size) => size.memoryMb));
  return largest > memoryMb ? largest : null;
}

/**
 * Returns the plan of a run whose trial failed: the second trial in a round of its own, and behind it the
 * rounds that any run has. Where the input says how often, the second trial is one of those invocations.
 */
export function planBehindTrials(
  request: PlanRequest,
  plan: (request: PlanRequest) => PlanDecision,
): PlanDecision {
  const { trial, roundsDone, observations, input } = request;
  if (trial?.failed !== true) return plan(request);
  const first = plan({ ...request, variants: [], observations: [], roundsDone: 0 });
  const memoryMb = first.kind === 'measure' ? secondTrialMb(trial, first.round) : null;
  if (memoryMb === null) return plan(request);
  if (roundsDone === 0) {
    return {
      kind: 'measure',
      round: { number: 1, sizes: [{ memoryMb, warm: 1, cold: 0 }] },
      reason: { code: 'larger-than-trial', trialMb: trial.memoryMb, memoryMb },
      refused: [],
    };
  }
  const next = plan({ ...request, roundsDone: roundsDone - 1 });
  if (next.kind === 'enough') return next;
  const isMade = observations.some((each) => each.memoryMb === memoryMb);
  const isCounted = input.invocations !== 'auto' || input.onlyColdStarts;
  const isOneOfThem = roundsDone === 1 && isMade && isCounted;
  const sizes = isOneOfThem ? withoutOne(next.round.sizes, memoryMb) : next.round.sizes;
  if (sizes.length === 0) {
    return { kind: 'enough', reason: { code: 'counts-of-input-measured' }, refused: next.refused };
  }
  return { ...next, round: { number: roundsDone + 1, sizes } };
}

function withoutOne(sizes: Round['sizes'], memoryMb: number): Round['sizes'] {
  return sizes
    .map((size) => {
      if (size.memoryMb !== memoryMb) return size;
      return size.warm > 0 ? { ...size, warm: size.warm - 1 } : { ...size, cold: size.cold - 1 };
    })
    .filter(({ warm, cold }) => warm + cold > 0);
}
