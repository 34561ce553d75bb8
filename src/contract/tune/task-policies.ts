import type { TaskPolicy } from '../shared/task-policies.ts';
import type { STORE_RESULT, StageName } from './stages.ts';

/** What each Task of `state-machine/tune.asl.json` does when its call fails. */
export const TUNE_POLICIES: Readonly<Record<StageName | typeof STORE_RESULT.state, TaskPolicy>> = {
  Inspect: { retries: 'did-not-run', catches: 'every-error' },
  ReadHistory: { retries: 'in-passing', catches: 'every-error' },
  Plan: { retries: 'may-run-twice', catches: 'every-error' },
  SetMemory: { retries: 'may-run-twice', catches: 'every-error' },
  Restore: { retries: 'puts-back', catches: 'every-error' },
  Measure: { retries: 'did-not-run', catches: 'goes-on-without' },
  Recommend: { retries: 'may-run-twice', catches: 'every-error' },
  Apply: { retries: 'did-not-run', catches: 'every-error' },
  CleanUp: { retries: 'cleans-up', catches: 'every-error' },
  StoreResult: { retries: 'keeps-result', catches: 'every-error' },
};
