import { memberOf } from '../contract/shared/member-of.ts';
import { parseFunctionRef } from '../core/target/function-ref.ts';
import { readFunctionName } from '../contract/shared/read-function-name.ts';

/**
 * Returns the region of a stage's target from its ARN, which Inspect finds or the input gives.
 *
 * @returns `null` for a plain name, which is in the stage's own region
 */
export function targetRegion(state: unknown): string | null {
  const arn = memberOf(state, 'target', 'functionArn');
  const name =
    typeof arn === 'string'
      ? arn
      : (readFunctionName(state) ?? readFunctionName(memberOf(state, 'input')));
  return name === null ? null : (parseFunctionRef(name)?.region ?? null);
}
