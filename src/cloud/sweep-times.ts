import { SWEEP_EVERY_MINUTES } from '../contract/shared/tuner.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVERY_MS = SWEEP_EVERY_MINUTES * MINUTE_MS;

/** Until then the rule is at work: at once, and again after two minutes. */
const RULE_AT_WORK_MS = 5 * MINUTE_MS;

/** Longer than EventBridge keeps trying to deliver; after that the next run and `powerdial restore` heal. */
const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

/** The longest that an execution runs: `TimeoutSeconds` of the workflow. */
const LONGEST_RUN_MS = 24 * HOUR_MS;

/** Lists are ordered by the start: one that ended a day ago may have begun two days ago. */
export const STARTED_WITHIN_MS = GIVEN_UP_AFTER_MS + LONGEST_RUN_MS;

/**
 * Whether a sweep looks at an execution that ended so long ago: at every sweep in its first hour, then once
 * an hour for a day. So what cannot be cleaned up is tried 27 times and not 96.
 */
export function isDue(endedAgoMs: number): boolean {
  if (endedAgoMs < RULE_AT_WORK_MS || endedAgoMs >= GIVEN_UP_AFTER_MS) return false;
  return endedAgoMs < HOUR_MS || endedAgoMs % HOUR_MS < EVERY_MS;
}
