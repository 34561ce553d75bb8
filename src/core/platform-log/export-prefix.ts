import { isSpace, skipSpace } from './scan.ts';

/** Where a line's own text begins, behind what an export put before it. */
export interface LinePrefix {
  readonly bodyStart: number;
  /** Whether a timestamp is part of the prefix. */
  readonly timestamp: boolean;
  /** The log stream's name; `''` where the prefix has none. */
  readonly stream: string;
  /** How the column ends that the text is in: at a quote or at a comma, where the line is one of CSV. */
  readonly column: 'quoted' | 'unquoted' | null;
}

const CODE = { tab: 9, quote: 34, comma: 44, slash: 47, colon: 58, dash: 45 } as const;
/** With what the AWS CLI begins a log event, and a field of a query's row, in `--output text`. */
const ROWS = ['EVENTS\t', 'RESULTS\t@message\t'] as const;
const MAX_WORDS = 5;
const MAX_PREFIX_CHARACTERS = 1024;

/**
 * Skips what the tools that export logs put before a line: nothing but timestamps, log streams and log
 * groups. Anything else before a report means that an application printed it.
 *
 * - CloudWatch's export to S3: `2024-03-04T17:22:38.033Z REPORT …`
 * - `aws logs tail`: `2024-03-04T17:22:38.033000+00:00 2024/03/04/[$LATEST]9f… REPORT …`; short: `2024-03-04T17:22:38 REPORT …`
 * - `aws logs filter-log-events --output text`: `EVENTS ⇥ 3796… ⇥ 1709572958040 ⇥ 2024/03/04/[$LATEST]9f… ⇥ REPORT …`
 * - the console's CSV: `1709572958033,"REPORT …`
 *
 * @returns `null` where a line can hold no words of the platform
 */
export function skipLinePrefix(text: string, start: number, end: number): LinePrefix | null {
  let position = skipSpace(text, start, end);
  let timestamp = false;
  let stream = '';
  let column: LinePrefix['column'] = null;
  const limit = Math.min(end, start + MAX_PREFIX_CHARACTERS);
  const row = ROWS.find((words) => text.startsWith(words, position));
  if (row !== undefined) position += row.length;

  for (let word = 0; word < MAX_WORDS; word += 1) {
    const quotedWord = isQuotedWord(text, position);
    const wordStart = quotedWord ? position + 1 : position;
    const separator = endOfPrefixWord(text, wordStart, limit);
    const wordEnd = text.charCodeAt(separator - 1) === CODE.quote ? separator - 1 : separator;
    if (separator >= end || wordEnd <= wordStart) break;
    const comma = text.charCodeAt(separator) === CODE.comma;
    if (isTimestamp(text, wordStart, wordEnd)) {
      timestamp = true;
      // A tab behind a timestamp is how the managed runtimes begin an application's line.
      const tab = text.charCodeAt(separator) === CODE.tab;
      if (tab && !isDigits(text, wordStart, wordEnd)) return null;
    } else if (isStream(text, wordStart)) {
      stream = text.slice(wordStart, wordEnd);
    } else if (
      !text.startsWith('/aws/', wordStart) &&
      !(comma && isNumber(text, wordStart, wordEnd))
    ) {
      break;
    }
    position = skipSpace(text, separator + 1, end);
    if (comma) column = 'unquoted';
  }
  if (text.charCodeAt(position) === CODE.quote) {
    position += 1;
    column = 'quoted';
  }
  return position < end ? { bodyStart: position, timestamp, stream, column } : null;
}

/**
 * Tells where the column ends that a line's text is in: at the first quote that is not doubled, or at the
 * first comma of a column without quotes; `end` where the text goes on in the next line, or is no column.
 */
export function endOfColumn(
  text: string,
  start: number,
  end: number,
  column: LinePrefix['column'],
): number {
  if (column === null) return end;
  const line = text.slice(start, end);
  if (column === 'unquoted') return start + endOr(line.indexOf(','), line.length);
  let position = line.indexOf('"');
  while (position >= 0 && line.charCodeAt(position + 1) === CODE.quote) {
    position = line.indexOf('"', position + 2);
  }
  return start + endOr(position, line.length);
}

function endOr(found: number, end: number): number {
  return found < 0 ? end : found;
}

/** Returns a quote before a timestamp or a log stream: a column of CSV whose writer quotes them all. */
function isQuotedWord(text: string, start: number): boolean {
  return text.charCodeAt(start) === CODE.quote && isDigits(text, start + 1, start + 2);
}

function isNumber(text: string, start: number, end: number): boolean {
  return end - start < 32 && /^\d+(?:\.\d+)?$/.test(text.slice(start, end));
}

function endOfPrefixWord(text: string, start: number, end: number): number {
  let position = start;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (isSpace(code) || code === CODE.comma) break;
    position += 1;
  }
  return position;
}

/** `2024-03-04T…`, `2024-03-04`, `17:22:38…`, `+00:00`, or milliseconds since the epoch. */
function isTimestamp(text: string, start: number, end: number): boolean {
  if (isDigits(text, start, start + 4) && text.charCodeAt(start + 4) === CODE.dash) {
    return isDigits(text, start + 5, start + 7) && text.charCodeAt(start + 7) === CODE.dash;
  }
  if (isDigits(text, start, start + 2) && text.charCodeAt(start + 2) === CODE.colon) {
    return isDigits(text, start + 3, start + 5);
  }
  return end - start >= 10 && isDigits(text, start, end);
}

/** `2024/03/04/[$LATEST]9f…`, with the function's name before the bracket in a shared log group. */
function isStream(text: string, start: number): boolean {
  return (
    isDigits(text, start, start + 4) &&
    text.charCodeAt(start + 4) === CODE.slash &&
    isDigits(text, start + 5, start + 7) &&
    text.charCodeAt(start + 7) === CODE.slash
  );
}

function isDigits(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    if (!(code >= 48 && code <= 57)) return false;
  }
  return end > start;
}
