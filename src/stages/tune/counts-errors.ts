import type { Observation } from '../../contract/shared/observation.ts';
import type { SettledInput } from '../../contract/tune/state.ts';

/**
 * Whether the errors that the input allows are measured like answers: with the peer's input, where the trial
 * ended in one. Any other error of a trial ends the run.
 */
export function countsErrors(
  { peer, ignoreErrors }: Pick<SettledInput, 'peer' | 'ignoreErrors'>,
  trial: Observation | null,
): boolean {
  return peer !== undefined && ignoreErrors !== undefined && trial?.outcome === 'error';
}
