/** Returns a side of a check that was tried with the payload: `orders:$LATEST, tried 3 times`. */
export function trialText({
  function: name,
  version,
  attempts,
}: {
  readonly function: string;
  readonly version: string;
  readonly attempts: number;
}): string {
  return `${name}:${version}, tried ${attempts === 1 ? 'once' : `${attempts} times`}`;
}

/** Tells how an invocation failed, in the function's own words, as a clause. */
export function failureText({
  errorType,
  errorMessage,
}: {
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}): string {
  return `it failed with ${errorType ?? 'an error without a type'}: ${errorMessage ?? 'no message'}`;
}
