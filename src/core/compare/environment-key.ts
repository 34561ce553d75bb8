import type { EnvironmentKey } from '../../contract/check/check.ts';
import { ENVIRONMENT_FIELDS, type JudgementReason } from '../../contract/check/judgement-reason.ts';

type OtherEnvironment = Extract<JudgementReason, { readonly code: 'other-environment' }>;

/**
 * Compares what a stored baseline and the head were measured on; `null` where they can be compared. Payloads
 * are compared where both sides tell theirs.
 */
export function compareEnvironments(
  base: EnvironmentKey,
  head: EnvironmentKey,
): OtherEnvironment | null {
  const differences = ENVIRONMENT_FIELDS.filter(
    (field) => field !== 'payloads' || (base.payloads !== null && head.payloads !== null),
  )
    .filter((field) => JSON.stringify(base[field]) !== JSON.stringify(head[field]))
    .map((field) => ({ field, base: base[field], head: head[field] }));
  return differences.length === 0 ? null : { code: 'other-environment', differences };
}
