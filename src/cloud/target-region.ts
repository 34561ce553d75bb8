import { parseFunctionRef } from '../core/target/function-ref.ts';
import { namedFunction } from '../contract/shared/named-function.ts';

/**
 * Where the target of a stage's input is: by its ARN, once Inspect knows it or where the input gives one.
 *
 * @returns `null` for a plain name: it is in the stage's own region
 */
export function targetRegion(state: unknown): string | null {
  if (typeof state !== 'object' || state === null) {
    return null;
  }
  const { target, input } = state as { readonly target?: unknown; readonly input?: unknown };
  const arn = (target as { readonly functionArn?: unknown } | null | undefined)?.functionArn;
  const name = typeof arn === 'string' ? arn : (namedFunction(state) ?? namedFunction(input));
  return name === null ? null : (parseFunctionRef(name)?.region ?? null);
}
