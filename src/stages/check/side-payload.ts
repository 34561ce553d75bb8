import type { CheckInput } from '../../contract/check/check-stages.ts';
import type { SideInvocation } from '../../core/compare/side-schedule.ts';
import { invocationIndex } from '../../core/payload/invocation-index.ts';
import { variedPayload } from '../target/vary-payload.ts';

/** Rounds of `{{index}}` that one measurement of a function takes: trials and each side. */
const ROUNDS = 4;

/**
 * Returns the payload of an invocation as it is sent. Where it varies, no two invocations of a check have the
 * same `{{index}}`, of whatever side: what the base has stored must not be known to the head.
 */
export function sidePayload(
  { payloads, varyPayload, measuredBefore }: CheckInput,
  payload: number,
  { side, index, isTrial = false }: SideInvocation & { readonly isTrial?: boolean },
): string {
  const text = JSON.stringify(payloads[payload]?.payload ?? {});
  if (!varyPayload) return text;
  const round = ROUNDS * measuredBefore + (isTrial ? 0 : 2) + (side === 'base' ? 0 : 1);
  return variedPayload(text, invocationIndex(round, index));
}
