import { memberOf } from '../contract/shared/member-of.ts';
import { parseFunctionRef } from '../core/target/function-ref.ts';

/**
 * Returns the region of a check's function, from its ARN; `null` where the input has a plain name, which is
 * in the stage's own region.
 */
export function regionOfCheck(state: unknown): string | null {
  const name = memberOf(state, 'source', 'head', 'function');
  return typeof name === 'string' ? (parseFunctionRef(name)?.region ?? null) : null;
}
