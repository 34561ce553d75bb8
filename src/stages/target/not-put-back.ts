import { PowerdialError } from '../../contract/shared/errors.ts';

/**
 * The error of a function that is not as it was, or of which nobody can say so. It always tells why, what
 * may be left, and the command that puts it back.
 *
 * @param run the run that changed it; `null` where it is told already
 * @param why a clause
 */
export function notPutBack(
  functionName: string,
  run: string | null,
  why: string,
  cause?: unknown,
): PowerdialError {
  const after = run === null ? '' : ` after run ${run}`;
  return new PowerdialError(
    'NotPutBack',
    `Put ${functionName} back${after}: ${why.replace(/\.\s*$/, '')}. What the run set on $LATEST, and versions that it published, may still be there. Run \`powerdial restore ${functionName}\`: it puts back what is left, and says what it was.`,
    {
      ...(cause === undefined ? {} : { cause }),
      facts: { function: functionName, ...(run === null ? {} : { run }) },
    },
  );
}

/** Whatever kept a function from being put back, as that error; one that says it already stays as it is. */
export function asNotPutBack(
  error: unknown,
  functionName: string,
  run: string | null,
): PowerdialError {
  if (error instanceof PowerdialError && error.name === 'NotPutBack') return error;
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return notPutBack(functionName, run, why, error);
}
