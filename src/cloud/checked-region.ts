import { parseFunctionRef } from '../core/target/function-ref.ts';

/** Where the function of a check is, by its ARN; `null` for a plain name: in the stage's own region. */
export function checkedRegion(state: unknown): string | null {
  const { source } = (state ?? {}) as { readonly source?: unknown };
  const { head } = (source ?? {}) as { readonly head?: unknown };
  const { function: name } = (head ?? {}) as { readonly function?: unknown };
  return typeof name === 'string' ? (parseFunctionRef(name)?.region ?? null) : null;
}
