import type { PlatformReport } from './platform-report.ts';

/** The field without which a row of a query says nothing about an invocation. */
export const DURATION_FIELD = '@duration';

/** Logs Insights counts memory in bytes, and makes a megabyte of 1,000,000 of them. */
const INSIGHTS_BYTES_PER_MB = 1e6;

/**
 * Reads a row of a Logs Insights query that asked for the fields that Insights discovers in REPORT lines
 * ("Supported logs and discovered fields") and not for the message. Values are numbers or texts.
 *
 * @returns `null` for rows of other lines, which have no duration
 */
export function readQueryRow(row: Readonly<Record<string, unknown>>): PlatformReport | null {
  const { '@requestId': asked = '' } = row;
  const requestId = typeof asked === 'string' ? asked : '';
  const durationMs = amount(row[DURATION_FIELD]);
  if (durationMs === null) return null;
  // A query need not ask for the request; then what was billed tells a report from an application's line.
  if (requestId === '' && amount(row['@billedDuration']) === null) return null;
  return {
    requestId,
    durationMs,
    billedMs: amount(row['@billedDuration']),
    initMs: amount(row['@initDuration']),
    restoreMs: null,
    billedRestoreMs: null,
    memorySizeMb: megabytes(row['@memorySize']),
    maxMemoryUsedMb: megabytes(row['@maxMemoryUsed']),
    status: null,
    errorType: null,
    ...('@initDuration' in row ? {} : { initUnknown: true }),
  };
}

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
