import type { TaskPolicy } from '../shared/task-policies.ts';
import type { CheckStageName } from './check-stages.ts';

/** What each Task of `state-machine/check.asl.json` does when its call fails. */
export const CHECK_POLICIES: Readonly<Record<CheckStageName, TaskPolicy>> = {
  Inspect: { retries: 'did-not-run', catches: 'every-error' },
  Plan: { retries: 'may-run-twice', catches: 'every-error' },
  Measure: { retries: 'did-not-run', catches: 'goes-on-without' },
  Judge: { retries: 'may-run-twice', catches: 'every-error' },
};
