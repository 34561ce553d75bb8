import { ServiceError } from '../service-error.ts';
import type { LogChunk, LogStore } from './log-store.ts';

export interface LogQuery {
  readonly group: string;
  /** All of them must be in an event. */
  readonly texts: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly inStream: (stream: string) => boolean;
  readonly limit: number;
  readonly token: string | null;
}

export interface FoundEvent {
  readonly chunk: LogChunk;
  readonly line: number;
  readonly message: string;
}

export interface LogPage {
  readonly events: readonly FoundEvent[];
  /** Where the next page starts; `null` when everything was looked at. */
  readonly token: string | null;
}

/** A place in the log: a line of a chunk. */
interface Place {
  readonly sequence: number;
  readonly line: number;
}

/**
 * One page of a search. As on CloudWatch Logs a page is what was looked at, not what was found: after
 * `scanned` chunks it ends, with nothing in it if nothing matched, and a token where there is more.
 */
export function searchLog(store: LogStore, query: LogQuery, scanned: number): LogPage {
  const from = query.token === null ? { sequence: 0, line: 0 } : readToken(query.token);
  const events: FoundEvent[] = [];
  let looked = 0;
  for (const chunk of store.visible(query.group, from.sequence)) {
    if (looked === scanned) return { events, token: token({ sequence: chunk.sequence, line: 0 }) };
    looked += 1;
    if (!mayMatch(chunk, query)) continue;
    const firstLine = chunk.sequence === from.sequence ? from.line : 0;
    const { bytes } = chunk;
    if (!query.texts.every((text) => bytes.includes(text))) continue;
    for (const [line, message] of linesOf(bytes).entries()) {
      if (line < firstLine || !query.texts.every((text) => message.includes(text))) continue;
      if (events.length === query.limit) {
        return { events, token: token({ sequence: chunk.sequence, line }) };
      }
      events.push({ chunk, line, message });
    }
  }
  return { events, token: null };
}

function mayMatch(chunk: LogChunk, query: LogQuery): boolean {
  return chunk.atMs >= query.startMs && chunk.atMs <= query.endMs && query.inStream(chunk.stream);
}

/** Each line is an event, with its line break, as Lambda sends them. */
export function linesOf(bytes: Buffer): readonly string[] {
  return bytes.toString('utf8').match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// Callers must not read a token, so it does not look like numbers.
function token({ sequence, line }: Place): string {
  return Buffer.from(`at:${sequence}:${line}`).toString('base64url');
}

function readToken(text: string): Place {
  const parts = /^at:(\d+):(\d+)$/.exec(Buffer.from(text, 'base64url').toString());
  if (parts === null) {
    throw new ServiceError(400, 'InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { sequence: Number(parts[1]), line: Number(parts[2]) };
}
