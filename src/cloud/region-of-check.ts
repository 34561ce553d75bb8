import { parseFunctionRef } from '../core/target/function-ref.ts';

/**
 * Returns the region of a check's function, from its ARN; `null` where the input has a plain name, which is
 * in the stage's own region.
 */
export function regionOfCheck(state: unknown): string | null {
  const { source } = (state ?? {}) as { readonly source?: unknown };
  const { head } = (source ?? {}) as { readonly head?: unknown };
  const { function: name } = (head ?? {}) as { readonly function?: unknown };
  return typeof name === 'string' ? (parseFunctionRef(name)?.region ?? null) : null;
}
