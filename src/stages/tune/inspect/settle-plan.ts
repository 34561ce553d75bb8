import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { pricesOf, type Prices } from '../../../core/cost/prices.ts';
import { mostSizesOfRun, mostVersionsOfRun } from '../../../core/plan/plan-run.ts';
import type { InspectDeps } from './inspect-deps.ts';
import { previewRun } from './preview-run.ts';
import type { Asked, ReadTarget } from './read-target.ts';
import { refuseLargeState, withHistoryThatFits } from './refuse-large-state.ts';
import { refuseLongHistory } from './refuse-long-history.ts';
import { settleHistory } from './settle-history.ts';
import { settleInput } from './settle-input.ts';
import { settleWay } from './settle-way.ts';
import { planTrial } from './try-once.ts';

export interface SettledPlan {
  /** Every default filled in. */
  readonly settled: SettledInput;
  readonly way: Awaited<ReturnType<typeof settleWay>>;
  readonly prices: Prices;
  readonly trial: ReturnType<typeof planTrial>;
  readonly preview: ReturnType<typeof previewRun>;
}

/**
 * Settles the input and what the run will do at most.
 *
 * @throws {PowerdialError} for a run that does not fit an execution
 */
export async function settlePlan(
  { run, raw, input }: Asked,
  { target, payloads, concurrency, seen }: ReadTarget,
  deps: InspectDeps,
): Promise<SettledPlan> {
  const history = settleHistory(input, raw, deps.isOnAws);
  const filled = settleInput(input, target, payloads, concurrency, run, history);
  const way = await settleWay(deps, filled, target, run);
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const trial = planTrial(target, way.input, prices);
  const preview = previewRun(way.input, target, prices, trial);
  const settled = refuseLarge(raw, run, {
    settled: way.input,
    target,
    triggers: seen.triggers,
    prices,
    planned: preview,
  });
  return { settled, way, prices, trial, preview };
}

interface Foreseen {
  readonly settled: SettledInput;
  readonly target: Target;
  readonly triggers: ReadTarget['seen']['triggers'];
  readonly prices: Prices;
  readonly planned: Pick<SettledPlan['preview'], 'round' | 'mostInvocations'>;
}

/**
 * Refuses a run that would not fit the history of an execution, or what its states may hold.
 *
 * @returns the input, without what nobody asked for where that does not fit
 */
function refuseLarge(
  raw: unknown,
  run: Run,
  { settled, target, triggers, prices, planned }: Foreseen,
): SettledInput {
  const { mostInvocations, round } = planned;
  const mostVersions = mostVersionsOfRun(settled, target);
  const memorySizes = round.sizes.map(({ memoryMb }) => memoryMb);
  refuseLongHistory(run, settled, target, prices, { memorySizes, mostVersions, mostInvocations });
  const most = {
    mostSizes: mostSizesOfRun(settled, target),
    mostVersions,
    mostInvocations,
    triggers,
  };
  const fitting = withHistoryThatFits(raw, settled, most);
  refuseLargeState(raw, fitting, most);
  return fitting;
}
