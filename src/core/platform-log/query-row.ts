import { type PlatformReport, reportStatus } from './platform-report.ts';

/** The fields, one of a text log and one of a JSON log, without which a row of a query says nothing. */
export const DURATION_FIELDS = ['@duration', 'record.metrics.durationMs'] as const;

/** Logs Insights counts memory in bytes, and makes a megabyte of 1,000,000 of them. */
const INSIGHTS_BYTES_PER_MB = 1e6;

/**
 * Reads a row of a Logs Insights query that asked for the fields that Insights discovers in REPORT lines and
 * in the events of JSON logs ("Supported logs and discovered fields") and not for the message. Values are numbers or texts.
 *
 * @returns `null` for rows of other lines, which have no duration
 */
export function readQueryRow(row: Readonly<Record<string, unknown>>): PlatformReport | null {
  const asked = row['@requestId'] ?? row['record.requestId'];
  const requestId = typeof asked === 'string' ? asked : '';
  const timeOf = (text: string, json: string): number | null =>
    amount(row[text]) ?? amount(row[`record.metrics.${json}`]);
  const memoryOf = (text: string, json: string): number | null =>
    megabytes(row[text]) ?? amount(row[`record.metrics.${json}`]);
  const durationMs = timeOf('@duration', 'durationMs');
  const billedMs = timeOf('@billedDuration', 'billedDurationMs');
  // A query need not ask for the request; then what was billed tells a report from an application's line.
  if (durationMs === null || (requestId === '' && billedMs === null)) return null;
  const errorType = row['record.errorType'];
  return {
    requestId,
    durationMs,
    billedMs,
    initMs: timeOf('@initDuration', 'initDurationMs'),
    restoreMs: null,
    billedRestoreMs: null,
    memorySizeMb: memoryOf('@memorySize', 'memorySizeMB'),
    maxMemoryUsedMb: memoryOf('@maxMemoryUsed', 'maxMemoryUsedMB'),
    status: reportStatus(row['record.status']),
    errorType: typeof errorType === 'string' && errorType !== '' ? errorType : null,
    ...(INITS.some((name) => name in row) ? {} : { initUnknown: true }),
  };
}

const INITS = ['@initDuration', 'record.metrics.initDurationMs'] as const;

function amount(value: unknown): number | null {
  if (typeof value === 'string' && !/^\s*\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?\s*$/.test(value)) {
    return null;
  }
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  return Number.isFinite(number) && number >= 0 ? number : null;
}

function megabytes(value: unknown): number | null {
  const bytes = amount(value);
  return bytes === null || bytes < INSIGHTS_BYTES_PER_MB ? null : bytes / INSIGHTS_BYTES_PER_MB;
}
