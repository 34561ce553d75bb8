import { decodeBase64 } from './decode-base64.ts';
import { LINE_NEEDLES } from './line-mentions.ts';
import {
  isObject,
  type JsonObject,
  type PlatformEvent,
  readPlatformEvent,
} from './platform-event.ts';
import type { PlatformReport } from './platform-report.ts';
import { DURATION_FIELD, readQueryRow } from './query-row.ts';

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
export const DOCUMENT_NEEDLES = [...LINE_NEEDLES, '"LogResult"', DURATION_FIELD] as const;

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
  const ofContainer = containerLine(object);
  if (ofContainer !== null) return entryOf(ofContainer, '');
  if (message === undefined || 'level' in object) {
    const report = readQueryRow(object);
    return report && { kind: 'row', report };
  }
  const wrapped = typeof timestamp === 'number' || WRAPPER_KEYS.some((key) => key in object);
  return wrapped ? entryOf(message, object['logStreamName']) : null;
}

/** A line as Docker keeps what a container prints, and Kubernetes' older log files: `{"log": …, "stream": "stdout"}`. */
function containerLine({ log, stream }: JsonObject): string | null {
  return typeof log === 'string' && (stream === 'stdout' || stream === 'stderr') ? log : null;
}

function entryOf(message: unknown, streamName: unknown): LogEntry | null {
  const stream = typeof streamName === 'string' ? streamName : '';
  if (typeof message === 'string') return { kind: 'message', message, stream };
  // Logs Insights downloads a message in JSON as the object that it is.
  const event = isObject(message) ? readPlatformEvent(message) : null;
  return event && { kind: 'wrapped-platform', event, stream };
}
