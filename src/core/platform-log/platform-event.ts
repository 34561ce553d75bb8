import { type InitReport, type PlatformReport, reportStatus } from './platform-report.ts';

/** What one line of a JSON log says about an invocation. */
export type PlatformEvent =
  | { readonly kind: 'report'; readonly report: PlatformReport }
  | { readonly kind: 'init-report'; readonly initReport: InitReport }
  | { readonly kind: 'start'; readonly requestId: string };

export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns a JSON object, or `null` for text that is none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads an event of the platform, by its `type` ("Lambda Telemetry API Event schema reference"; names
 * that the schema lacks, such as billedRestoreDurationMs, as logs have them). An application may log the
 * same words inside of its own object: that has another `type`, or none.
 */
export function readPlatformEvent(event: JsonObject): PlatformEvent | null {
  const { type, record } = event;
  if (!isObject(record)) return null;
  switch (type) {
    case 'platform.report': {
      const report = readReport(record);
      return report && { kind: 'report', report };
    }
    case 'platform.initReport':
      return { kind: 'init-report', initReport: readInitReport(record) };
    case 'platform.start':
      return typeof record['requestId'] === 'string'
        ? { kind: 'start', requestId: record['requestId'] }
        : null;
    default:
      return null;
  }
}

function readReport(record: JsonObject): PlatformReport | null {
  const requestId = record['requestId'];
  const metrics = record['metrics'];
  if (typeof requestId !== 'string' || !isObject(metrics)) return null;
  return {
    requestId,
    durationMs: amount(metrics['durationMs']),
    billedMs: amount(metrics['billedDurationMs']),
    initMs: amount(metrics['initDurationMs']),
    restoreMs: amount(metrics['restoreDurationMs']),
    billedRestoreMs: amount(metrics['billedRestoreDurationMs']),
    memorySizeMb: amount(metrics['memorySizeMB']),
    maxMemoryUsedMb: amount(metrics['maxMemoryUsedMB']),
    status: reportStatus(record['status']),
    errorType: textOf(record['errorType']),
  };
}

function readInitReport(record: JsonObject): InitReport {
  const metrics = record['metrics'];
  return {
    initMs: isObject(metrics) ? amount(metrics['durationMs']) : null,
    phase: textOf(record['phase']),
    status: reportStatus(record['status']),
    errorType: textOf(record['errorType']),
  };
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
