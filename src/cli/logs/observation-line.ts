import type { LogRecord } from '../../core/platform-log/invocation-ledger.ts';
import { logObservation } from '../../core/platform-log/log-observation.ts';

/** One line of `--json`. */
export function observationLine(record: LogRecord): string {
  const observation = logObservation(record);
  const errorType = observation.errorType === null ? null : inUtf8(observation.errorType);
  return `${JSON.stringify({ ...observation, errorType })}\n`;
}

/** Logs are decoded byte by byte: an error type beyond ASCII still is UTF-8. */
function inUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
