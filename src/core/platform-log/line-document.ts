import { holdsLists, JsonDocument } from './json-document.ts';
import { type LogEntry, readEntries } from './log-entry.ts';
import { isManagedLine, mayBeginDocumentAtEnd } from './line-kind.ts';
import { skipLinePrefix } from './export-prefix.ts';
import { parseObject, type PlatformEvent, readPlatformEvent } from './platform-event.ts';

/** A value in JSON that is no object, and the `{` that stands right behind it at the end of the line. */
const RETURNED = /^(?:null|true|false|-?\d[\d.eE+-]*|"(?:[^"\\]|\\.)*")\{(?=\s*$)/;
const MAX_RETURNED = 4096;

export function isManaged(text: string, start: number, length: number): boolean {
  const at = (offset: number): number => text.charCodeAt(start + offset);
  return isManagedLine(length, at(10), at(24), at(25));
}

/**
 * Tells where a document begins whose `{` ends a line, behind nothing but timestamps and log streams: tools
 * that print an event over several lines put these before the first of them. `null` for all other lines.
 * What `aws lambda invoke /dev/stdout` prints stands right behind what the function returned.
 */
export function openingBehindPrefix(text: string, start: number, end: number): number | null {
  if (!mayBeginDocumentAtEnd(text.charCodeAt(end - 1), text.charCodeAt(end - 2))) return null;
  const returned = RETURNED.exec(text.slice(start, Math.min(end, start + MAX_RETURNED)));
  if (returned !== null) return start + returned[0].length - 1;
  const prefix = skipLinePrefix(text, start, end);
  if (prefix === null || !(prefix.timestamp || prefix.stream !== '')) return null;
  const isLast = text.slice(prefix.bodyStart, end).trimEnd() === '{';
  return isLast ? prefix.bodyStart : null;
}

/** Tells what a JSON document holds that is one line; `null` where it is none, or not whole. */
export function readDocument(json: string): readonly LogEntry[] | null {
  const object = parseObject(json);
  const event = object && readPlatformEvent(object);
  if (event !== null) return [{ kind: 'platform', event }];
  // Most are other events of the platform. Only in a document with lists is there more to look for.
  if (object !== null && !holdsLists(object)) return readEntries(object);
  const entries: LogEntry[] = [];
  const ended = new JsonDocument((entry) => entries.push(entry)).push(json, 0);
  return ended?.kind === 'closed' && json.slice(ended.position).trim() === '' ? entries : null;
}

export function readEvent(json: string): PlatformEvent | null {
  const object = parseObject(json);
  return object && readPlatformEvent(object);
}
