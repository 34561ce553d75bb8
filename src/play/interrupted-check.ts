import type { CheckDeps } from '../contract/check/check-deps.ts';
import type {
  CheckStageInput,
  CheckStageName,
  CheckStageOutput,
} from '../contract/check/check-stages.ts';
import type { CheckedFunction } from '../contract/check/check.ts';
import { PowerdialError } from '../contract/shared/errors.ts';
import { leaveCheckUndecided } from '../words/check/leave-check-undecided.ts';
import { readCheckOutput, type CheckOutput } from '../stages/check/check-codec.ts';
import { checkStages } from '../stages/check/check-stages.ts';
import type { SeenStages } from './stage-tasks.ts';

/**
 * Returns what a check had measured when it was interrupted, with every rule undecided.
 *
 * @returns `null` where nothing was measured
 */
export async function interruptedCheck(
  seen: SeenStages<CheckStageName>,
  deps: CheckDeps,
): Promise<CheckedFunction | null> {
  const inspected = seen.get('Inspect')?.output as CheckStageOutput<'Inspect'> | undefined;
  const call = seen.get('Measure');
  if (inspected === undefined || call === undefined) return null;
  const { source, sides, look, progress } = call.input as CheckStageInput<'Measure'>;
  const output = call.output as CheckStageOutput<'Measure'> | undefined;
  const state: CheckStageInput<'Judge'> = {
    source,
    sides,
    look,
    last: true,
    progress: output?.progress ?? progress,
    warnings: [...inspected.warnings, ...(output?.warnings ?? [])],
  };
  try {
    const judged = await checkStages.run('Judge', state, deps, { remainingMs: () => JUDGE_MS });
    const { result } = judged as CheckStageOutput<'Judge'>;
    return result === null
      ? null
      : leaveCheckUndecided(readCheckOutput(result as unknown as CheckOutput));
  } catch (error) {
    if (error instanceof PowerdialError) return null;
    throw error;
  }
}

const JUDGE_MS = 60_000;
