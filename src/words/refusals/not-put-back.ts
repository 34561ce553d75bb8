import { PowerdialError } from '../../contract/shared/errors.ts';
import { updateFailureText } from '../failed-update.ts';

type UpdateFailure = Parameters<typeof updateFailureText>[0];

/** Why a function is not as it was. */
export type NotPutBackReason =
  /** An error, in its own words. */
  | { readonly kind: 'error'; readonly text: string }
  /** AWS answered the update with an error for so long. */
  | {
      readonly kind: 'unanswered';
      readonly action: string;
      readonly awsCode: string;
      readonly awsMessage: string;
      readonly seconds: number;
    }
  | { readonly kind: 'update-in-progress'; readonly seconds: number }
  | ({ readonly kind: 'updates-failed'; readonly times: number } & UpdateFailure)
  | ({ readonly kind: 'update-failed' } & UpdateFailure);

function reasonText(why: NotPutBackReason): string {
  switch (why.kind) {
    case 'error':
      return why.text;
    case 'unanswered':
      return `${why.action} answered ${why.awsCode} for ${why.seconds} s: ${why.awsMessage}`;
    case 'update-in-progress':
      return `an update of it has been in progress for ${why.seconds} s`;
    case 'updates-failed':
      return `Lambda accepted the update ${why.times} times and could not carry it out (${updateFailureText(why)}); repair what the reason names first`;
    case 'update-failed':
      return `the update failed (${updateFailureText(why)})`;
  }
}

/**
 * Returns the error of a function that is not as it was, or of which nobody can say so. It always tells why,
 * what may be left, and the command that puts it back.
 *
 * @param run the run that changed it; `null` where it is told already
 */
export function notPutBack(
  functionName: string,
  run: string | null,
  why: NotPutBackReason,
  cause?: unknown,
): PowerdialError {
  const after = run === null ? '' : ` after run ${run}`;
  return new PowerdialError(
    'NotPutBack',
    `Put ${functionName} back${after}: ${reasonText(why).replace(/\.\s*$/, '')}. What the run set on $LATEST, and versions that it published, may still be there. Run \`powerdial restore ${functionName}\`: it puts back what is left, and says what it was.`,
    {
      ...(cause === undefined ? {} : { cause }),
      facts: { function: functionName, ...(run === null ? {} : { run }) },
    },
  );
}

/** Whatever kept a function from being put back, as that error; one that says it already stays as it is. */
export function toNotPutBack(
  error: unknown,
  functionName: string,
  run: string | null,
): PowerdialError {
  if (error instanceof PowerdialError && error.name === 'NotPutBack') return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return notPutBack(functionName, run, { kind: 'error', text }, error);
}
