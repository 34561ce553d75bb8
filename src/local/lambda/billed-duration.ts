/**
 * Billed Duration in whole milliseconds: run time and init together, rounded up (AWS bills init since
 * 2025-08-01). Both are rounded to the decimals that the log prints first, so that what a log line
 * says always adds up: 2.46 ms + 413.61 ms is billed as 417 ms.
 */
export function billedDurationMs(
  durationMs: number,
  initMs: number | null,
  printedDecimals: number,
): number {
  // In whole hundredths (or thousandths), because 413.61 + 2.39 is a little more than 416 in binary.
  const stepsPerMs = 10 ** printedDecimals;
  const steps = Math.round(durationMs * stepsPerMs) + Math.round((initMs ?? 0) * stepsPerMs);
  return Math.ceil(steps / stepsPerMs);
}
