import type { Deps } from '../../contract/shared/deps.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { StageInput } from '../../contract/tune/stages.ts';
import type { Round } from '../../contract/tune/state.ts';
import type { Publishing } from '../../contract/tune/publishing.ts';
import { versionsNeeded } from '../../core/measure/schedule.ts';
import { spendingTerms, sumSpent } from '../../core/measure/spending.ts';
import type { PlanReason } from '../../core/plan/plan-reason.ts';
import { planRun } from '../../core/plan/plan-run.ts';
import { planReasonText } from '../../words/reasons/plan-reason.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { isEmbedded, leaseUntil, worstCaseSeconds } from '../target/lease.ts';
import { unpackObservations } from './observation-codec.ts';
import type { Stage } from './stage.ts';
import { refuseVariant } from '../target/to-variant.ts';
import { withTrial } from './with-trial.ts';

/** The longest that the definition lets an execution run; see `TimeoutSeconds` in it. */
const MAX_RUN_SECONDS = 86_400;

/** Decides the next round, and which sizes have to be published for it. */
export const plan: Stage<'Plan', Pick<Deps, 'now'>> = (state, deps) => {
  const { input, target, publishing, trial, lost, rounds } = state;
  const observations = unpackObservations(state.observations);
  const terms = spendingTerms(target, input.measureTimeoutSeconds);
  const decision = planRun({
    input,
    target,
    variants: publishing.variants,
    observations,
    trial,
    productionUsedMb: productionUsedMb(state),
    roundsDone: rounds,
    spentUsd: sumSpent(withTrial(observations, trial), lost, terms).usd,
    prices: terms.prices,
    ephemeralStorageMb: terms.ephemeralStorageMb,
  });
  const known: Publishing = {
    ...publishing,
    variants: [
      ...publishing.variants,
      ...decision.refused.map(({ memoryMb, reason }) => refuseVariant(memoryMb, reason)),
    ],
  };
  if (decision.kind === 'enough') {
    return Promise.resolve({
      decision: 'enough',
      reason: planReasonText(decision.reason),
      round: null,
      publishing: known,
      warnings: stillOpen(decision.reason).map(toWarning),
    });
  }
  const round = useFreshVersions(decision.round, known);
  return Promise.resolve({
    decision: 'measure',
    reason: planReasonText(decision.reason),
    round,
    publishing: toPublish({ ...state, publishing: known }, round, deps.now()),
    warnings: [],
  });
};

/** Cold starts of a size that was measured before need versions that nobody has invoked. */
function useFreshVersions(round: Round, { variants }: Publishing): Round {
  const sizes = round.sizes.map((size) => {
    const coldFrom = variants.filter(
      ({ memoryMb, version }) => memoryMb === size.memoryMb && version !== null,
    ).length;
    return size.cold === 0 || coldFrom === 0 ? size : { ...size, coldFrom };
  });
  return { ...round, sizes };
}

function productionUsedMb({ history, target }: StageInput<'Plan'>): number | null {
  const sizes = history?.traffic?.sizes ?? [];
  return sizes.find(({ memoryMb }) => memoryMb === target.memoryMb)?.maxMemoryUsedMb ?? null;
}

/** Tells what ended a run whose decision more invocations may still change. */
function stillOpen(reason: PlanReason): readonly WarningFacts[] {
  switch (reason.code) {
    case 'budget-used-up':
      return [{ code: 'decision-open', stoppedBy: 'max-usd', limit: reason.maxUsd }];
    case 'as-much-as-brute-force':
      return [{ code: 'decision-open', stoppedBy: 'brute-force', limit: reason.usd }];
    case 'most-invocations-made':
      return [
        { code: 'decision-open', stoppedBy: 'most-invocations', limit: reason.mostInvocations },
      ];
    case 'most-rounds-measured':
      return [{ code: 'decision-open', stoppedBy: 'most-rounds', limit: reason.rounds }];
    default:
      return [];
  }
}

/**
 * Returns the versions that a round lacks. An embedded run whose claim on the target would end before the
 * round can, publishes a size again: every version it publishes says anew until when the run lives.
 */
function toPublish(
  { run, input, target, publishing }: StageInput<'Plan'>,
  round: Round,
  nowMs: number,
): Publishing {
  const published = (memoryMb: number): number =>
    publishing.variants.filter((each) => each.memoryMb === memoryMb).length;
  const pending = round.sizes.flatMap(({ memoryMb, cold, coldFrom = 0 }) => {
    const lacking = coldFrom + versionsNeeded(cold, input.concurrency) - published(memoryMb);
    return new Array<number>(Math.max(0, lacking)).fill(memoryMb);
  });
  const endMs = nowMs + worstCaseSeconds(input, target, round) * 1000;
  const first = round.sizes[0];
  if (isEmbedded(run) && pending.length === 0 && first && endMs > Date.parse(publishing.until)) {
    pending.push(first.memoryMb);
  }
  return {
    ...publishing,
    pending,
    until:
      pending.length === 0
        ? publishing.until
        : leaseUntil(run, input, target, round, nowMs, MAX_RUN_SECONDS),
  };
}
