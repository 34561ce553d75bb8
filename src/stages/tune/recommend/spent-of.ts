import type { Result } from '../../../contract/tune/result.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { Prices } from '../../../core/cost/prices.ts';
import { stageCost, type OwnFunction } from '../../../core/cost/workflow-cost.ts';
import { scanUsd } from '../../../core/history/scan-price.ts';
import { spendingTerms, sumSpent } from '../../../core/measure/spending.ts';
import { stateTransitions } from '../../../core/measure/transitions.ts';
import { isApplied } from '../is-applied.ts';
import { unpackObservations } from '../observation-codec.ts';
import { withTrial } from '../with-trial.ts';

type State = StageInput<'Recommend'>;

/** Tells what the run has cost by the time it ends: its invocations and the workflow itself. */
export function spentOf(
  state: State,
  prices: Prices,
  verdict: Result['verdict'],
  { nowMs, ownFunction }: { readonly nowMs: number; readonly ownFunction: OwnFunction | undefined },
): Result['spent'] {
  const { input, target, publishing, trial, lost } = state;
  const terms = spendingTerms(target, input.measureTimeoutSeconds);
  const observations = withTrial(unpackObservations(state.observations), trial);
  const invocations = sumSpent(observations, lost, terms);
  const transitions = stateTransitions({
    rounds: state.rounds,
    setMemoryCalls: publishing.calls,
    waits: publishing.waits,
    restoreCalls: publishing.restores,
    measureCalls: state.measures,
    lostSlices: lost.slices,
    historyCalls: state.history?.calls ?? 0,
    applies: isApplied(input, verdict),
  });
  const wallSeconds = (nowMs - Date.parse(state.elapsedFrom)) / 1000;
  const stages = ownFunction === undefined ? null : stageCost(ownFunction, wallSeconds);
  return {
    ...invocations,
    stateTransitions: transitions,
    workflowUsd: transitions * prices.usdPerStateTransition + (stages?.usd ?? 0),
    stages,
    history:
      // A stage that died as it counted cannot say what its query read.
      state.history === null || state.history.asking !== null
        ? null
        : {
            bytesScanned: state.history.bytesScanned,
            usd: scanUsd(state.history.bytesScanned, target.region),
          },
    wallSeconds,
    latestChangedSeconds: publishing.changedMs === null ? null : publishing.changedMs / 1000,
  };
}
