import { parseFunctionRef } from '../core/target/function-ref.ts';
import { readFunctionName } from '../contract/shared/read-function-name.ts';

/**
 * Returns the region of a stage's target from its ARN, which Inspect finds or the input gives.
 *
 * @returns `null` for a plain name, which is in the stage's own region
 */
export function targetRegion(state: unknown): string | null {
  if (typeof state !== 'object' || state === null) {
    return null;
  }
  const { target, input } = state as { readonly target?: unknown; readonly input?: unknown };
  const arn = (target as { readonly functionArn?: unknown } | null | undefined)?.functionArn;
  const name = typeof arn === 'string' ? arn : (readFunctionName(state) ?? readFunctionName(input));
  return name === null ? null : (parseFunctionRef(name)?.region ?? null);
}
