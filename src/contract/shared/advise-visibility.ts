/** AWS's advice for a queue ("Using Lambda with Amazon SQS", Lambda Developer Guide, 2026-11). */
const VISIBILITY_TIMES = 6;

/**
 * Returns the shortest visibility timeout that AWS advises for a queue: six times the function's timeout, plus
 * the batching window.
 */
export function adviseVisibilitySeconds(
  timeoutSeconds: number,
  batchingWindowSeconds: number,
): number {
  return VISIBILITY_TIMES * timeoutSeconds + batchingWindowSeconds;
}
