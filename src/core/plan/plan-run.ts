import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { versionsNeeded } from '../measure/schedule.ts';
import { mostCounted } from './missing-counts.ts';
import { mostInvocations, mostSizes, plan, type PlanDecision, type PlanRequest } from './plan.ts';
import { planBehindTrials } from './second-trial.ts';

/**
 * Tells what to measure next, for every kind of run: `plan`, or where only cold starts are wanted those, over
 * the same sizes; and before all that a second trial, where the first one failed.
 */
export function planRun(request: PlanRequest): PlanDecision {
  return planBehindTrials(request, planRounds);
}

function planRounds(request: PlanRequest): PlanDecision {
  const { input, roundsDone } = request;
  if (!input.onlyColdStarts) return plan(request);
  const next = plan({ ...request, input: { ...input, invocations: 1 } });
  if (next.kind === 'enough') {
    return roundsDone > 0 ? { ...next, reason: { code: 'cold-starts-of-input-measured' } } : next;
  }
  if (next.reason.code === 'counts-incomplete') return next;
  const sizes = next.round.sizes.map(({ memoryMb }) => ({
    memoryMb,
    warm: 0,
    cold: input.coldStarts,
  }));
  return { ...next, round: { ...next.round, sizes } };
}

/** Returns the most invocations that a run of this input can make, its trial not counted. */
export function mostInvocationsOfRun(
  input: SettledInput,
  target: { readonly memoryMb: number },
): number {
  if (!input.onlyColdStarts) return mostInvocations(input, target);
  return mostCounted({ ...input, invocations: 0 }, mostSizesOfRun(input, target));
}

/** Returns the most versions that a run of this input can publish. */
export function mostVersionsOfRun(
  input: SettledInput,
  target: { readonly memoryMb: number; readonly snapStart?: boolean },
): number {
  // Cold starts that did not come are tried once more, on a version that nobody has invoked.
  const fresh = input.coldStarts > 0 && target.snapStart !== true ? 1 : 0;
  const perSize = versionsNeeded(input.coldStarts, input.concurrency) + fresh;
  return mostSizesOfRun(input, target) * perSize;
}

/** Returns the most sizes that a run of this input can measure. */
export function mostSizesOfRun(input: SettledInput, target: { readonly memoryMb: number }): number {
  return mostSizes(input.onlyColdStarts ? { ...input, invocations: 1 } : input, target);
}
