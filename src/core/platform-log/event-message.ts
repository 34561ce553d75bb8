import { isObject } from './platform-event.ts';

/** A log event, as CloudWatch's tools wrap it in JSON. */
export interface EventMessage {
  readonly message: string;
  readonly stream: string;
}

/** Keys that CloudWatch Logs writes and loggers do not. */
const WRAPPER_KEYS = ['ingestionTime', 'eventId', 'logStreamName'] as const;

/**
 * Reads an event of FilterLogEvents, GetLogEvents, a subscription or a Logs Insights result; `null` for
 * other objects. What an application logs in JSON has a `message` too, beside a level or a timestamp in
 * words: a report in there is the application's.
 */
export function readEventMessage(value: unknown): EventMessage | null {
  if (!isObject(value)) return null;
  if (typeof value['@message'] === 'string') {
    return { message: value['@message'], stream: textOf(value['@logStream']) };
  }
  // Logs Insights' API returns a row as {"field": …, "value": …} for each of its columns.
  if (value['field'] === '@message' && typeof value['value'] === 'string') {
    return { message: value['value'], stream: '' };
  }
  const { message, timestamp } = value;
  if (typeof message !== 'string' || 'level' in value) return null;
  const wrapped = typeof timestamp === 'number' || WRAPPER_KEYS.some((key) => key in value);
  return wrapped ? { message, stream: textOf(value['logStreamName']) } : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
