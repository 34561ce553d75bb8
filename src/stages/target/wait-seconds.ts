/** Each wait is a handful of the 25,000 events that an execution may have, and SnapStart takes minutes. */
const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 50;

/** Tells how long the workflow waits for AWS when it has waited so often for the same thing already. */
export function waitSeconds(waited: number): number {
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** waited);
}
