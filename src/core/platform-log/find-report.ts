import type { LogFinding } from './log-finding.ts';
import { parseObject, readPlatformEvent } from './platform-event.ts';
import { readPlatformLine, readTimedOutLine } from './platform-line.ts';
import type { InitReport, PlatformReport } from './platform-report.ts';
import { readWrappedReport } from './report-text.ts';
import { startOfLine } from './scan.ts';

/** `2024-03-04T17:22:38.033Z `, as it stands before an old style's timeout. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z $/;
const TIMESTAMP_CHARACTERS = 25;

/**
 * Tells what a log tail tells about one invocation: Invoke's LogResult, or any other log of it. The tail may
 * begin in mid-line and hold text and JSON side by side. Searched from the end, because the platform writes
 * its report last: whatever the application printed before it, even a report of the same request, is not
 * found. Nothing may stand before a report in text on its line; one in JSON is also read behind text that the
 * application printed without a line break.
 *
 * @param tail decoded; linear in its length
 */
export function findReport(tail: string, requestId: string): LogFinding {
  let report: PlatformReport | null = null;
  let initReport: InitReport | null = null;
  let crash: string | null = null;
  let timedOut = false;

  for (let end = tail.length; end >= 0;) {
    const start = startOfLine(tail, end);
    const line = readLine(tail, start, end);
    switch (line?.kind) {
      case 'report':
        report ??= reportOf(line.report, requestId);
        break;
      case 'init-report':
        initReport ??= line.initReport;
        break;
      case 'crash':
        if (line.requestId === requestId) crash ??= line.message;
        break;
      case 'timed-out':
        timedOut ||= line.requestId === requestId;
        break;
      default:
    }
    end = start - 1;
  }
  return { report, timedOut, crash, initReport };
}

type TailLine =
  | { readonly kind: 'report'; readonly report: PlatformReport }
  | { readonly kind: 'init-report'; readonly initReport: InitReport }
  | { readonly kind: 'crash'; readonly requestId: string; readonly message: string }
  | { readonly kind: 'start' | 'end' | 'timed-out'; readonly requestId: string };

function readLine(tail: string, start: number, end: number): TailLine | null {
  if (tail.startsWith('{', start)) {
    const text = tail.slice(start, end);
    // A failed parse costs a hundred times what looking at the last character does.
    const event = text.trimEnd().endsWith('}') ? parseObject(text) : null;
    return event === null ? readGluedReport(text) : readPlatformEvent(event);
  }
  const messageStart = start + TIMESTAMP_CHARACTERS;
  if (TIMESTAMP.test(tail.slice(start, messageStart))) {
    return readTimedOutLine(tail, messageStart, end);
  }
  const line = readPlatformLine(tail, start, end);
  if (line === null) return readGluedReport(tail.slice(start, end));
  if (line.kind !== 'report') return line;
  // The lines that a report was broken into come after its first one.
  const wrapped = readWrappedReport(tail, start);
  return wrapped && { kind: 'report', report: wrapped.report };
}

/** Reads the platform's report behind text on one line: Lambda's events begin with their time. */
function readGluedReport(line: string): TailLine | null {
  const start = line.lastIndexOf('{"time":"');
  const event = start <= 0 ? null : parseObject(line.slice(start));
  const found = event && readPlatformEvent(event);
  return found?.kind === 'report' ? found : null;
}

/** A report that says no duration is cut off, or no report. */
function reportOf(report: PlatformReport, requestId: string): PlatformReport | null {
  return report.requestId === requestId && report.durationMs !== null ? report : null;
}
