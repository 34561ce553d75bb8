import { PowerdialError } from '../../contract/shared/errors.ts';
import type { CheckInput } from '../../contract/check/check-stages.ts';
import type { Warning } from '../../contract/tune/state.ts';
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
): readonly Warning[] {
  const storedEndsWell =
    stored !== null &&
    unpackSides(stored.observations).head.some(({ outcome }) => outcome === 'ok');
  const baseEndsWell = base === null ? storedEndsWell : base.failure === null;
  if (head.failure !== null && baseEndsWell) {
    const message = `The head failed when it was tried with the payload before measuring (${named(head)}: ${head.failure.words}), and the base did not; it is measured all the same.`;
    return [{ code: 'head-failed-trial', message }];
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
    .map(({ name, trial }) => `${name} ${named(trial)}: ${trial.failure?.words ?? ''}`)
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

function named({ side, attempts }: Trial): string {
  const times = attempts.length === 1 ? 'once' : `${attempts.length} times`;
  return `${side.functionName}:${side.version ?? '$LATEST'}, tried ${times}`;
}
