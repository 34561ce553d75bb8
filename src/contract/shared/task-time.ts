/**
 * How much sooner Lambda ends a stage's function than Step Functions gives its Task up. A Task's time begins
 * with the call and a function's only after its init (Step Functions guide, "Task state", `TimeoutSeconds`;
 * Lambda guide, "Understanding the Lambda execution environment lifecycle", 2026-11): with the same limit a
 * cold function could still change something after the workflow has gone on. The bundle's init takes less
 * than a second; this is several times as long.
 */
export const TASK_AHEAD_SECONDS = 5;

/** Returns the time of a stage's function, from the `TimeoutSeconds` of its Task. */
export function functionSeconds(taskSeconds: number): number {
  return taskSeconds - TASK_AHEAD_SECONDS;
}
