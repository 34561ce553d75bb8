import type { Observation } from '../contract/shared/observation.ts';
import type { Deps } from '../contract/shared/deps.ts';
import { PowerdialError } from '../contract/shared/errors.ts';
import type { Result } from '../contract/tune/result.ts';
import type { StageInput, StageName, StageOutput } from '../contract/tune/stages.ts';
import { packObservations, unpackObservations } from '../stages/tune/observation-codec.ts';
import { tuneStages } from '../stages/tune/tune-stages.ts';
import type { SeenStages } from './stage-tasks.ts';

/**
 * Judges what a run had measured when it was interrupted, as far as that goes.
 *
 * @param measured by the call of Measure that was under way, as it told them
 * @returns `null` where no size was measured
 */
export async function interruptedResult(
  seen: SeenStages<StageName>,
  measured: readonly Observation[],
  deps: Deps,
): Promise<Result | null> {
  const inspected = seen.get('Inspect')?.output as StageOutput<'Inspect'> | undefined;
  const call = seen.get('Measure');
  if (inspected === undefined || call === undefined) return null;
  const { run, input, target, publishing, round, lost, trial, observations, failures } =
    call.input as StageInput<'Measure'>;
  const output = call.output as StageOutput<'Measure'> | undefined;
  const read = seen.get('ReadHistory')?.output as StageOutput<'ReadHistory'> | undefined;
  const state: StageInput<'Recommend'> = {
    history: read?.history ?? null,
    run,
    input,
    target,
    publishing,
    observations:
      output?.observations ?? packObservations([...unpackObservations(observations), ...measured]),
    trial,
    lost,
    rounds: round.number,
    measures: call.calls,
    failures: output?.failures ?? failures,
    triggers: inspected.triggers,
    warnings: [...inspected.warnings, ...(output?.warnings ?? [])],
    elapsedFrom: run.startedAt,
  };
  try {
    const context = { remainingMs: () => RECOMMEND_MS, isInterrupted: true };
    return (await tuneStages.run('Recommend', state, deps, context)) as Result;
  } catch (error) {
    if (error instanceof PowerdialError) return null;
    throw error;
  }
}

const RECOMMEND_MS = 60_000;
