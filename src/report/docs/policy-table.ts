import { CHECK_POLICIES } from '../../contract/check/task-policies.ts';
import { keysOf } from '../../contract/shared/keys-of.ts';
import { longestRetryWaitSeconds, RETRIES } from '../../contract/shared/task-policies.ts';
import type { RetryName, TaskPolicy } from '../../contract/shared/task-policies.ts';
import { TUNE_POLICIES } from '../../contract/tune/task-policies.ts';

/** Tells when each Task is tried again, as a Markdown table. */
export function policyTable(): string {
  const rows = keysOf(RETRIES).map((name) => {
    const rule = RETRIES[name];
    const tasks = [
      ...tasksWith(name, TUNE_POLICIES),
      ...tasksWith(name, CHECK_POLICIES, 'check: '),
    ];
    const errors = rule.ErrorEquals.map((error) => `\`${error}\``).join(', ');
    const waits = `${rule.MaxAttempts} times, ${longestRetryWaitSeconds(rule)} s of waiting at most`;
    return `| \`${name}\` | ${tasks.join(', ')} | ${errors} | ${waits} |`;
  });
  return [
    '| policy | Tasks | after these errors | again |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function tasksWith(
  name: RetryName,
  policies: Readonly<Record<string, TaskPolicy>>,
  prefix = '',
): readonly string[] {
  return Object.entries(policies)
    .filter(([, { retries }]) => retries === name)
    .map(([task]) => prefix + task);
}
