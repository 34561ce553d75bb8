import type { LogRecord } from '../../core/platform-log/invocation-ledger.ts';
import { logObservation } from '../../core/platform-log/log-observation.ts';

/** One line of `--json`: JSON put together by hand, which takes a third of the time of `JSON.stringify`. */
export function observationLine(record: LogRecord): string {
  const seen = logObservation(record);
  const errorType = seen.errorType === null ? 'null' : toJson(decodeUtf8(seen.errorType));
  const requestId = seen.requestId === null ? 'null' : toJson(seen.requestId);
  return (
    `{"requestId":${requestId},"durationMs":${seen.durationMs},"billedMs":${seen.billedMs},` +
    `"initMs":${seen.initMs},"restoreMs":${seen.restoreMs},"billedRestoreMs":${seen.billedRestoreMs},` +
    `"memorySizeMb":${seen.memorySizeMb},"maxMemoryUsedMb":${seen.maxMemoryUsedMb},` +
    `"cold":${seen.cold},"outcome":"${seen.outcome}","errorType":${errorType}}\n`
  );
}

/** Nearly all texts are ids and names, which JSON writes as they are. */
function toJson(text: string): string {
  return /^[\w.:-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Logs are decoded byte by byte: an error type beyond ASCII still is UTF-8. */
function decodeUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
