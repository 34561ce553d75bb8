import type { CheckInput } from '../../contract/check/check-stages.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { unpackSides } from './check-codec.ts';
import type { Trial } from './try-side.ts';

/**
 * Tells what the trials mean. A head that fails where its base ends well is measured all the same: how often
 * it fails is what the check is to find. Where the base fails, too, or there is none, nothing could be told.
 *
 * @throws {PowerdialError} TrialFailed with the functions' own errors, and which side failed
 */
export function judgeTrials(
  head: Trial,
  base: Trial | null,
  { stored }: Pick<CheckInput, 'stored'>,
): readonly WarningFacts[] {
  const storedEndsWell =
    stored !== null &&
    unpackSides(stored.observations).head.some(({ outcome }) => outcome === 'ok');
  const baseEndsWell = base === null ? storedEndsWell : base.failure === null;
  if (head.failure !== null && baseEndsWell) {
    return [{ code: 'head-failed-trial', ...triedFacts(head), ...head.failure }];
  }
  const failed = [...failedTrial('base', base), ...failedTrial('head', head)];
  const [first] = failed;
  if (first === undefined) return [];
  throw toRefusal({
    code: 'trials-failed',
    function: first.function,
    errorType: first.errorType,
    trials: failed,
    isAlone: base === null,
    surface: 'input',
  });
}

function triedFacts({ side, attempts }: Trial) {
  return {
    function: side.functionName,
    version: side.version ?? '$LATEST',
    attempts: attempts.length,
  };
}

function failedTrial(side: 'base' | 'head', trial: Trial | null) {
  if (trial === null || trial.failure === null) return [];
  return [{ side, ...triedFacts(trial), ...trial.failure }];
}
