import { PowerdialError } from '../../contract/shared/errors.ts';
import type { CheckInput } from '../../contract/check/check-stages.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { failureText, trialText } from '../../words/trial.ts';
import { unpackSides } from './check-codec.ts';
import type { Trial } from './try-side.ts';

/**
 * What the trials mean. A head that fails where its base ends well is measured all the same: how often
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
  const failed = [
    ...(base === null || base.failure === null ? [] : [{ name: 'base', trial: base }]),
    ...(head.failure === null ? [] : [{ name: 'head', trial: head }]),
  ];
  const [first] = failed;
  if (first === undefined) return [];
  const which =
    base === null ? '' : failed.length > 1 ? ', neither side' : `, not the ${first.name}`;
  const words = failed
    .map(
      ({ name, trial }) =>
        `${name} ${trialText(triedFacts(trial))}: ${trial.failure === null ? '' : failureText(trial.failure)}`,
    )
    .join('; ');
  throw new PowerdialError(
    'TrialFailed',
    `Invoke with the payload, before measuring: wanted an answer, got none that ended well${which} (${words}). Give a payload that ${failed.length > 1 || base === null ? 'they understand' : 'it understands'}.`,
    {
      facts: {
        function: first.trial.side.functionName,
        errorType: first.trial.failure?.errorType ?? null,
      },
    },
  );
}

function triedFacts({ side, attempts }: Trial) {
  return {
    function: side.functionName,
    version: side.version ?? '$LATEST',
    attempts: attempts.length,
  };
}
