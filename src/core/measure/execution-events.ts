import { MAX_PEER_INVOCATIONS } from '../../contract/shared/memory.ts';

/** Step Functions ends an execution at this number of events (Step Functions quotas, Standard workflows). */
export const MAX_HISTORY_EVENTS = 25_000;

/** A Task is entered, scheduled, started, succeeded and exited; a Choice or a Wait entered and exited. */
const TASK_EVENTS = 5;
const CHOICE_EVENTS = 2;

/**
 * Inspect, planning and recommending in a handful of rounds, cleaning up and applying, with some retries; in
 * each round 10 waits for all plain versions together, and in the end 57 waits of CleanUp for versions that AWS
 * does not delete yet, 9 events each; before all that 15 calls of ReadHistory with their waits, 9 events each.
 */
const REST_EVENTS = 1650;

/**
 * Returns the events of a run at worst: every slice as small as the budget makes it, every version pending
 * for as long as it may be.
 *
 * @param perSlice invocations that one slice holds when its budget is reserved at the worst case
 * @param waits how often the workflow looks at one version, or waits for its update
 */
export function historyEvents(plan: {
  /** All versions that are published: a size with many cold starts has several. */
  readonly versions: number;
  readonly invocations: number;
  readonly perSlice: number;
  readonly waits: number;
}): number {
  const publishing = plan.versions * eventsOfVersion(plan.waits);
  const slices = Math.ceil(
    Math.min(plan.invocations, MAX_PEER_INVOCATIONS) / Math.max(1, plan.perSlice),
  );
  return REST_EVENTS + publishing + slices * (TASK_EVENTS + CHOICE_EVENTS);
}

/** Returns the versions that a history has room for, beside one slice. */
export function mostVersions(waits: number): number {
  const left =
    MAX_HISTORY_EVENTS - historyEvents({ versions: 0, invocations: 1, perSlice: 1, waits });
  return Math.floor(left / eventsOfVersion(waits));
}

/** SetMemory or Restore, the Choice after it, and a Wait that may follow, which begins them anew. */
function eventsOfVersion(waits: number): number {
  return (1 + waits) * (TASK_EVENTS + 2 * CHOICE_EVENTS);
}
