import type { StageOutput } from '../../../contract/tune/stages.ts';
import type { Round } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import type { Prices } from '../../../core/cost/prices.ts';
import { mostUsd } from '../../../core/measure/spending.ts';
import { mostAllowed } from '../../../core/plan/most-allowed.ts';
import { mostInvocationsOfRun, planRun } from '../../../core/plan/plan-run.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { TrialPlan } from './try-once.ts';

/**
 * Tells what the run will begin with and may take at most, and what a dry run answers.
 *
 * @throws {PowerdialError} where there is no first round, more invocations than a run may make, or a budget
 *   that does not permit one of every size
 */
export function previewRun(
  input: SettledInput,
  target: Target,
  prices: Prices,
  trial: TrialPlan,
): Omit<StageOutput<'Inspect'>['preview'], 'callers'> {
  const first = planRun({
    input,
    target,
    variants: [],
    observations: [],
    beforeTrial: trial.isMade,
    roundsDone: 0,
    spentUsd: 0,
    prices,
    ephemeralStorageMb: target.ephemeralStorageMb,
  });
  if (first.kind === 'enough') {
    throw toRefusal({ code: 'no-first-round', reason: first.reason });
  }
  refuseSmallBudget(first.round, input, target, prices);
  const most = mostInvocationsOfRun(input, target);
  if (most > mostAllowed(input)) {
    throw toRefusal({
      code: 'too-many-invocations',
      most: mostAllowed(input),
      planned: most,
    });
  }
  return { dryRun: true, round: first.round, mostInvocations: most, mostUsd: input.maxUsd };
}

/**
 * Before an invocation its worst case is set aside, and measuring stops at the first one that does not fit: of a
 * budget that the largest size alone exceeds, chance would decide what is measured.
 */
function refuseSmallBudget(
  { sizes }: Round,
  { maxUsd, measureTimeoutSeconds }: SettledInput,
  { ephemeralStorageMb }: Target,
  prices: Prices,
): void {
  const memoryMb = Math.max(...sizes.map((size) => size.memoryMb));
  const terms = { prices, ephemeralStorageMb, timeoutSeconds: measureTimeoutSeconds };
  const leastUsd = mostUsd(memoryMb, terms);
  if (leastUsd > maxUsd)
    throw toRefusal({ code: 'nothing-within-budget', leastUsd, memoryMb, maxUsd });
}
