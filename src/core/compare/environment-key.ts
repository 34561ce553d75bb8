import type { EnvironmentKey } from '../../contract/check/check.ts';
import { isOfSpeed, type Metric } from '../../contract/check/metric.ts';
import { ENVIRONMENT_FIELDS, type JudgementReason } from '../../contract/check/judgement-reason.ts';

type OtherEnvironment = Extract<JudgementReason, { readonly code: 'other-environment' }>;

/**
 * Compares what a stored baseline and the head were measured on; `null` where a metric of both can be compared.
 * Payloads are compared where both sides tell theirs. Handlers on a user's machine are as fast as it is: for
 * what takes time both have to tell which one it was. How often they fail, and the memory that they use, do not
 * depend on it.
 */
export function compareEnvironments(
  base: EnvironmentKey,
  head: EnvironmentKey,
  metric: Metric,
): OtherEnvironment | null {
  const fields = ENVIRONMENT_FIELDS.filter((field) => field !== 'machine' || isOfSpeed(metric));
  const differences = fields
    .filter((field) => differ(field, base, head))
    .map((field) => ({ field, base: base[field] ?? null, head: head[field] ?? null }));
  return differences.length === 0 ? null : { code: 'other-environment', differences };
}

function differ(
  field: (typeof ENVIRONMENT_FIELDS)[number],
  base: EnvironmentKey,
  head: EnvironmentKey,
): boolean {
  if (field === 'payloads' && (base.payloads === null || head.payloads === null)) return false;
  if (field !== 'machine') return JSON.stringify(base[field]) !== JSON.stringify(head[field]);
  if (!isOfProcesses(base) && !isOfProcesses(head)) return false;
  const [then, now] = [base.machine ?? null, head.machine ?? null];
  if (then === null || now === null) return true;
  return then.processor !== now.processor || then.cores !== now.cores || then.cpus !== now.cpus;
}

/** On AWS nobody chooses the machine, and a recorded function needs none. */
function isOfProcesses({ emulation }: EnvironmentKey): boolean {
  return emulation !== null && emulation !== 'recorded';
}
