import type { ErrorName } from '../../contract/shared/errors.ts';

/** One refusal: the error that the workflow matches on, and the sentence that its facts make. */
export interface RefusalRow<Facts> {
  readonly name: ErrorName;
  readonly say: (facts: Facts) => string;
}

/** States a row; the type of its facts is that of the sentence's parameter. */
export function refusalRow<Facts extends object>(
  name: ErrorName,
  say: (facts: Facts) => string,
): RefusalRow<Facts> {
  return { name, say };
}

/** Every refusal is about a function, by name or ARN. */
export interface OfFunction {
  readonly function: string;
}
