import { decodeBase64 } from './decode-base64.ts';
import { LINE_NEEDLES } from './line-mentions.ts';
import {
  isObject,
  type JsonObject,
  type PlatformEvent,
  readPlatformEvent,
} from './platform-event.ts';
import type { PlatformReport } from './platform-report.ts';
import { DURATION_FIELDS, readQueryRow } from './query-row.ts';

/** What one value of an export in JSON holds. */
export type LogEntry =
  /** The text of a log event, or of a log tail. */
  | { readonly kind: 'message'; readonly message: string; readonly stream: string }
  /** An event of the platform that stands in the log as it is. */
  | { readonly kind: 'platform'; readonly event: PlatformEvent }
  /** An event of the platform that a query or a tool parsed and wrapped. */
  | { readonly kind: 'wrapped-platform'; readonly event: PlatformEvent; readonly stream: string }
  /** A row of a query that asked for the fields of a report. */
  | { readonly kind: 'row'; readonly report: PlatformReport };

/** Keys that CloudWatch Logs writes and loggers do not. */
const WRAPPER_KEYS = ['ingestionTime', 'eventId', 'logStreamName'] as const;

/** Words that every value has one of that is worth parsing. */
export const DOCUMENT_NEEDLES = [...LINE_NEEDLES, '"LogResult"', ...DURATION_FIELDS] as const;

/** Tells whether text in JSON can hold an entry at all, at the cost of a few searches. */
export function mayHoldEntry(json: string): boolean {
  return DOCUMENT_NEEDLES.some((needle) => json.includes(needle));
}

/**
 * Reads an object, a list or a text of an export: an event of FilterLogEvents, GetLogEvents or a
 * subscription, a row of a Logs Insights result, an event of the Telemetry API, or Invoke's answer. What
 * an application logs in JSON has a `message` too, beside a level or a timestamp in words: a report in
 * there is the application's.
 */
export function readEntries(value: unknown): readonly LogEntry[] {
  if (typeof value === 'string') return [{ kind: 'message', message: value, stream: '' }];
  if (Array.isArray(value)) return readList(value);
  const entry = isObject(value) ? readObject(value) : null;
  return entry === null ? [] : [entry];
}

/** Returns a row of a query's result, `[{"field": …, "value": …}, …]`, or a list of texts and times. */
function readList(values: readonly unknown[]): readonly LogEntry[] {
  const fields = values.filter(isObject).filter(({ field }) => typeof field === 'string');
  if (fields.length > 0) {
    const row = Object.fromEntries(fields.map(({ field, value }) => [String(field), value]));
    const entry = readObject(row);
    return entry === null ? [] : [entry];
  }
  return values
    .filter((value) => typeof value === 'string')
    .map((message) => ({ kind: 'message', message, stream: '' }));
}

function readObject(object: JsonObject): LogEntry | null {
  const event = readPlatformEvent(object);
  if (event !== null) return { kind: 'platform', event };
  if ('@message' in object) return entryOf(object['@message'], object['@logStream']);
  if (object['field'] === '@message') return entryOf(object['value'], '');
  const { message, timestamp, LogResult: tail } = object;
  if (message === undefined && typeof tail === 'string') {
    return entryOf(decodeBase64(tail) ?? undefined, '');
  }
  const stored = storedLine(object);
  if (typeof stored === 'string' || isObject(stored)) return entryOf(stored, '');
  if (message === undefined || 'level' in object) {
    const report = readQueryRow(object);
    return report && { kind: 'row', report };
  }
  const wrapped = typeof timestamp === 'number' || WRAPPER_KEYS.some((key) => key in object);
  return wrapped ? entryOf(message, object['logStreamName']) : null;
}

/**
 * Returns a line as other stores keep it, `undefined` for objects of theirs that hold none: Docker and the older
 * log files of Kubernetes, the journal, Splunk's export, Loki's and Grafana's, an index of Elasticsearch or
 * OpenSearch, Functionbeat, and CloudWatch's own events as PowerShell writes them.
 */
function storedLine(object: JsonObject): unknown {
  const { log, stream, result, _source: source } = object;
  if (stream === 'stdout' || stream === 'stderr') return log;
  if ('__REALTIME_TIMESTAMP' in object) return object['MESSAGE'];
  if ('LogStreamName' in object) return object['Message'];
  if ('preview' in object && isObject(result)) return result['_raw'];
  if ('labels' in object || 'fields' in object) return object['line'];
  if (object['message_type'] === 'DATA_MESSAGE') return object['message'];
  return '_index' in object && isObject(source)
    ? (source['@message'] ?? source['message'])
    : undefined;
}

function entryOf(message: unknown, streamName: unknown): LogEntry | null {
  const stream = typeof streamName === 'string' ? streamName : '';
  if (typeof message === 'string') return { kind: 'message', message, stream };
  // Logs Insights downloads a message in JSON as the object that it is.
  const event = isObject(message) ? readPlatformEvent(message) : null;
  return event && { kind: 'wrapped-platform', event, stream };
}
