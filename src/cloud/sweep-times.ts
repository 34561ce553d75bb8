import { SWEEP_EVERY_MINUTES } from '../contract/shared/tuner.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVERY_MS = SWEEP_EVERY_MINUTES * MINUTE_MS;

/** Until then the rule cleans up: at once, and again after two minutes. */
const RULE_AT_WORK_MS = 5 * MINUTE_MS;

/**
 * Longer than EventBridge tries to deliver an event. After this time the next run and `powerdial restore` put
 * the function back.
 */
const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

/** The longest that an execution runs, which is `TimeoutSeconds` of the workflow. */
const LONGEST_RUN_MS = 24 * HOUR_MS;

/** Step Functions lists executions by their start. One that ended a day ago may have begun two days ago. */
export const STARTED_WITHIN_MS = GIVEN_UP_AFTER_MS + LONGEST_RUN_MS;

/**
 * Tells whether a sweep looks at an execution that ended this long ago: at every sweep in the first hour,
 * then once an hour for a day. A function that cannot be put back is tried 27 times in this way and not 96
 * times.
 */
export function isDue(endedAgoMs: number): boolean {
  if (endedAgoMs < RULE_AT_WORK_MS || endedAgoMs >= GIVEN_UP_AFTER_MS) return false;
  return endedAgoMs < HOUR_MS || endedAgoMs % HOUR_MS < EVERY_MS;
}
