/** Returns a duration as a log with so many decimals tells it: 2 for text, 3 for JSON. */
export function printedMs(ms: number, decimals: number): number {
  const stepsPerMs = 10 ** decimals;
  return Math.round(ms * stepsPerMs) / stepsPerMs;
}

/**
 * Billed Duration in whole milliseconds: run time and init together, rounded up (AWS bills init since
 * 2025-08-01). Added are the printed figures, so that what a log line says always adds up: 2.46 ms
 * and 413.61 ms are billed as 417 ms. A restore comes on top with the part of it that is billed.
 */
export function billedDurationMs(
  {
    durationMs,
    initMs,
    restore,
  }: {
    readonly durationMs: number;
    readonly initMs: number | null;
    readonly restore?: { readonly billedRestoreMs: number };
  },
  decimals: number,
): number {
  // In whole hundredths (or thousandths), because 413.61 + 2.39 is a little more than 416 in binary.
  const stepsPerMs = 10 ** decimals;
  const steps = Math.round(durationMs * stepsPerMs) + Math.round((initMs ?? 0) * stepsPerMs);
  return Math.ceil(steps / stepsPerMs) + (restore?.billedRestoreMs ?? 0);
}
