import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Trial } from '../../contract/tune/trial.ts';

/**
 * Tells whether the errors that the input allows are measured like answers: with the peer's input, where the
 * trial ended in one. Any other error of it is a failure.
 */
export function countsErrors(
  { peer, ignoreErrors }: Pick<SettledInput, 'peer' | 'ignoreErrors'>,
  trial: Trial | null,
): boolean {
  if (peer === undefined || ignoreErrors === undefined) return false;
  return trial?.outcome === 'error' && trial.failed !== true;
}
