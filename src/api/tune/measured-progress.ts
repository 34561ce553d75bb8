import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { StageOutput } from '../../contract/tune/stages.ts';
import type { Round } from '../../contract/tune/state.ts';
import { spendingTerms, sumSpent } from '../../core/measure/spending.ts';
import { unpackObservations } from '../../stages/tune/observation-codec.ts';
import { withTrial } from '../../stages/tune/with-trial.ts';

/** What Measure does not hand on: slices of which nothing came back are not in its observations. */
const NOTHING_LOST = { slices: 0, invocations: 0, usd: 0 } as const;

/**
 * Tells where a round stands after a call of Measure, from what the call returned: in the cloud nobody tells
 * of each invocation.
 *
 * @param planned invocations of the whole round
 */
export function measuredProgress(
  { target, input, trial }: Pick<StageOutput<'Inspect'>, 'target' | 'input' | 'trial'>,
  round: Round,
  planned: number,
  { observations: packed, slice }: StageOutput<'Measure'>,
): Extract<RunEvent, { kind: 'measuring' }> {
  const observations = unpackObservations(packed);
  const terms = spendingTerms(target, input.measureTimeoutSeconds);
  const { usd } = sumSpent(withTrial(observations, trial), NOTHING_LOST, terms);
  return {
    kind: 'measuring',
    round: round.number,
    memoryMb: observations.at(-1)?.memoryMb ?? round.sizes[0]?.memoryMb ?? 0,
    done: slice?.from ?? planned,
    planned,
    usd,
  };
}
