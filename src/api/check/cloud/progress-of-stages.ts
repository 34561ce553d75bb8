import type { OnCheckProgress } from '../../../contract/check/check-deps.ts';
import type { CheckInput, CheckStageOutput } from '../../../contract/check/check-stages.ts';
import type { StageEvent } from '../../shared/cloud/stage-event.ts';

/** Reads how far a check is from what its stages return. */
export function progressOfStages(
  { base }: Pick<CheckInput, 'base'>,
  onCheckProgress: OnCheckProgress,
): (event: StageEvent) => void {
  const sides = base === null ? 1 : 2;
  let look: CheckStageOutput<'Plan'>['look'] | null = null;
  return (event) => {
    if (event.kind !== 'task-succeeded') return;
    if (event.stateName === 'Plan') look = (event.output as CheckStageOutput<'Plan'>).look;
    if (event.stateName !== 'Measure' || look === null) return;
    const { sent, spent } = (event.output as CheckStageOutput<'Measure'>).progress;
    onCheckProgress({
      look: look.number,
      done: sent * sides,
      planned: look.invocationsPerSide * sides,
      usd: spent.usd,
    });
  };
}
