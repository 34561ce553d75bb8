/**
 * Tells whether a retrier or a catcher is meant for an error.
 *
 * `States.ALL` matches anything but `States.DataLimitExceeded`, which must be named. `States.TaskFailed`
 * matches what States.ALL does, except `States.Timeout`. `States.Runtime` always ends the execution: it
 * is matched by nothing, not even by its own name.
 *
 * Source: Step Functions Developer Guide, "Handling errors in Step Functions workflows", error names.
 * (A history recorded on AWS in March 2024 shows States.ALL catching DataLimitExceeded all the same: a
 * definition that names it behaves alike either way.)
 */
export function matchesError(errorEquals: readonly string[], error: string | undefined): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === error) return true;
    if (error === 'States.DataLimitExceeded') return false;
    if (pattern === 'States.ALL') return true;
    return pattern === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}
