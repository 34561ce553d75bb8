import { type InitReport, type PlatformReport, reportStatus } from './platform-report.ts';
import { type ReportFields, readFields } from './report-fields.ts';
import { endOfLine, endOfWord, isSpace, ownCopy, skipSpace } from './scan.ts';

const REPORT = 'REPORT RequestId:';
const INIT_REPORT = 'INIT_REPORT ';

/** No report that Lambda prints is longer, and no terminal breaks one into more lines. */
const MAX_REPORT_CHARACTERS = 4096;
const MAX_EXTRA_LINES = 16;
/** The first characters of Init, Restore, Billed, Status and Error Type. */
const MORE: ReadonlySet<number> = new Set(Array.from('IRBSE', (letter) => letter.charCodeAt(0)));

/** A REPORT, and what is needed to tell whether the next line belongs to it. */
export interface TextReport {
  readonly report: PlatformReport;
  readonly text: string;
  /** How many fields it has, and what is left over of it or begun: see `ReportFields`. */
  readonly fieldCount: number;
  readonly strays: number;
  readonly unfinished: boolean;
  /** False as long as words are left over or begun, or one of the four fields of every report is missing. */
  readonly whole: boolean;
  readonly extraLines: number;
}

/** Reads the REPORT line that begins at `start`; `null` where none does. */
export function readReportLine(text: string, start: number, end: number): TextReport | null {
  if (end - start > MAX_REPORT_CHARACTERS || !text.startsWith(REPORT, start)) return null;
  return readReport(text, start, end, 0);
}

/**
 * Takes a line into a report that a terminal, a console copy or a chat has broken into several, between
 * words or inside of one; `null` where the line is no part of it. Every word of the line must fit.
 */
export function continueReport(
  open: TextReport,
  text: string,
  start: number,
  end: number,
): TextReport | null {
  if (open.whole && open.extraLines === 0 && !mayFollowWhole(open, text, start, end)) return null;
  const lineStart = skipSpace(text, start, end);
  const length = open.text.length + (end - lineStart) + 1;
  if (lineStart === end || length > MAX_REPORT_CHARACTERS) return null;
  if (open.extraLines === MAX_EXTRA_LINES) return null;
  const before = open.text.trimEnd();
  // Nothing in a report ends with a point: "Runtime." and "26." were broken inside.
  for (const glue of before.endsWith('.') ? [''] : [' ', '']) {
    const joined = before + glue + text.slice(lineStart, end);
    const longer = readReport(joined, 0, joined.length, open.extraLines + 1);
    if (longer !== null && fits(open, longer)) return longer;
  }
  return null;
}

/** The REPORT that begins at `start`, with all the lines that it was broken into. */
export function readWrappedReport(text: string, start: number): TextReport | null {
  let end = endOfLine(text, start, text.length);
  let report = readReportLine(text, start, end);
  while (report !== null && end < text.length) {
    const next = endOfLine(text, end + 1, text.length);
    const longer = continueReport(report, text, end + 1, next);
    if (longer === null) break;
    report = longer;
    end = next;
  }
  return report;
}

export function readInitReportLine(text: string, start: number, end: number): InitReport | null {
  if (end - start > MAX_REPORT_CHARACTERS || !text.startsWith(INIT_REPORT, start)) return null;
  const { values } = readFields(text, start + INIT_REPORT.length, end);
  const initMs = numberOf(values, 'Init Duration');
  if (initMs === null) return null;
  return {
    initMs,
    phase: wordOf(values, 'Phase'),
    status: reportStatus(values.get('Status')),
    errorType: wordOf(values, 'Error Type'),
  };
}

function readReport(
  text: string,
  start: number,
  end: number,
  extraLines: number,
): TextReport | null {
  const idStart = skipSpace(text, start + REPORT.length, end);
  const idEnd = endOfWord(text, idStart, end);
  const fields = readFields(text, idEnd, end);
  const { values } = fields;
  const report: PlatformReport = {
    requestId: ownCopy(text.slice(idStart, idEnd)),
    durationMs: numberOf(values, 'Duration'),
    billedMs: numberOf(values, 'Billed Duration'),
    initMs: numberOf(values, 'Init Duration'),
    restoreMs: numberOf(values, 'Restore Duration'),
    billedRestoreMs: numberOf(values, 'Billed Restore Duration'),
    memorySizeMb: numberOf(values, 'Memory Size'),
    maxMemoryUsedMb: numberOf(values, 'Max Memory Used'),
    status: reportStatus(values.get('Status')),
    errorType: wordOf(values, 'Error Type'),
  };
  const whole =
    fields.strays === 0 &&
    !fields.unfinished &&
    report.durationMs !== null &&
    report.billedMs !== null &&
    report.memorySizeMb !== null &&
    report.maxMemoryUsedMb !== null;
  return {
    report,
    text: text.slice(start, end),
    fieldCount: values.size,
    strays: fields.strays,
    unfinished: fields.unfinished,
    whole,
    extraLines,
  };
}

/** Tells whether a line says more about a report, and nothing but that. */
function fits(open: TextReport, longer: TextReport): boolean {
  if (longer.strays > open.strays) return false;
  return longer.fieldCount > open.fieldCount || longer.unfinished || open.unfinished;
}

/** Tells whether a line that begins with this character may be more of a report that lacks nothing. */
export function mayBeginMore(first: number | undefined): boolean {
  return first === undefined || isSpace(first) || MORE.has(first);
}

/** After a report that lacks nothing, "Status: ready" is an application's line. */
function mayFollowWhole({ report }: TextReport, text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (isSpace(first)) return true;
  if (!mayBeginMore(first)) return false;
  const line = text.slice(start, end);
  if (/^(?:Init|Restore|Billed) /.test(line)) return true;
  if (/^Status: (?:error|failure|timeout)(?:\s|$)/.test(line)) return report.status === null;
  return line.startsWith('Error Type: ') && report.status !== null && report.errorType === null;
}

function numberOf(values: ReportFields['values'], name: string): number | null {
  const value = values.get(name);
  return typeof value === 'number' ? value : null;
}

function wordOf(values: ReportFields['values'], name: string): string | null {
  const value = values.get(name);
  return typeof value === 'string' ? value : null;
}
