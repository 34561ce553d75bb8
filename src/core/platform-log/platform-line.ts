import type { InitReport } from './platform-report.ts';
import { readInitReportLine, readReportLine, type TextReport } from './report-text.ts';
import { endOfWord, ownCopy, skipSpace } from './scan.ts';

/** What one line of a text log says about an invocation. */
export type PlatformLine =
  | { readonly kind: 'report'; readonly report: TextReport }
  | { readonly kind: 'init-report'; readonly initReport: InitReport }
  | { readonly kind: 'start' | 'end'; readonly requestId: string }
  | TimedOutLine
  /** The runtime's process ended: `message` says how, such as "…exited with error: signal: killed". */
  | { readonly kind: 'crash'; readonly requestId: string; readonly message: string };

export interface TimedOutLine {
  readonly kind: 'timed-out';
  readonly requestId: string;
}

const CODE = { E: 69, I: 73, R: 82, S: 83 } as const;
const MAX_MESSAGE_CHARACTERS = 500;
/** How Lambda told of a crash before 2019 or so, behind the request's id and without "Error:". */
const EXITED = 'Process exited before completing request';

/** Reads a line of the platform that begins at `start`, with nothing before it; `null` for all others. */
export function readPlatformLine(text: string, start: number, end: number): PlatformLine | null {
  switch (text.charCodeAt(start)) {
    case CODE.R: {
      const report = readReportLine(text, start, end);
      if (report !== null) return { kind: 'report', report };
      return readCrash(text, start, end);
    }
    case CODE.S:
      return readEdge('start', 'START RequestId: ', text, start, end);
    case CODE.E:
      return readEdge('end', 'END RequestId: ', text, start, end);
    case CODE.I: {
      const initReport = readInitReportLine(text, start, end);
      return initReport && { kind: 'init-report', initReport };
    }
    default:
      return null;
  }
}

/**
 * Returns the old style of timeouts, after its timestamp: `<request id> Task timed out after 3.00 seconds`
 * and nothing else on the line. Today's regions outside China and GovCloud do not print it.
 */
export function readTimedOutLine(text: string, start: number, end: number): TimedOutLine | null {
  const idEnd = endOfWord(text, start, end);
  const message = ' Task timed out after ';
  if (idEnd === start || !text.startsWith(message, idEnd)) return null;
  const seconds = idEnd + message.length;
  const secondsEnd = endOfWord(text, seconds, end);
  const unit = ' seconds';
  if (!isDecimal(text, seconds, secondsEnd) || !text.startsWith(unit, secondsEnd)) return null;
  if (skipSpace(text, secondsEnd + unit.length, end) < end) return null;
  return { kind: 'timed-out', requestId: ownCopy(text.slice(start, idEnd)) };
}

function readEdge(
  kind: 'start' | 'end',
  words: string,
  text: string,
  start: number,
  end: number,
): PlatformLine | null {
  if (!text.startsWith(words, start)) return null;
  const idStart = start + words.length;
  const idEnd = endOfWord(text, idStart, end);
  if (idEnd === idStart) return null;
  return { kind, requestId: ownCopy(text.slice(idStart, idEnd)) };
}

function readCrash(text: string, start: number, end: number): PlatformLine | null {
  const words = 'RequestId: ';
  if (!text.startsWith(words, start)) return null;
  const idStart = start + words.length;
  const idEnd = endOfWord(text, idStart, end);
  if (idEnd === idStart) return null;
  const error = ' Error: ';
  let messageStart = idEnd + 1;
  if (text.startsWith(error, idEnd)) messageStart = idEnd + error.length;
  else if (!text.startsWith(EXITED, idEnd + 1)) return null;
  const message = text.slice(messageStart, Math.min(end, messageStart + MAX_MESSAGE_CHARACTERS));
  return {
    kind: 'crash',
    requestId: ownCopy(text.slice(idStart, idEnd)),
    message: ownCopy(message.trimEnd()),
  };
}

function isDecimal(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    if (code !== 46 && (code < 48 || code > 57)) return false;
  }
  return end > start;
}
