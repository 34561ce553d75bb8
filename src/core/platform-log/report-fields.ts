import { REPORT_STATUSES } from './platform-report.ts';
import { endOfWord, isTab, ownCopy, skipSpace } from './scan.ts';

/** The fields of a REPORT or INIT_REPORT line, by the names that Lambda prints. */
export interface ReportFields {
  readonly values: ReadonlyMap<string, number | string>;
  /** Words that fit no known field: 0 in every line that Lambda is known to print. */
  readonly strays: number;
  /** Whether the end is the beginning of a known field: "Billed", "Memory Size:", "Duration: 2", "… 26.73 m". */
  readonly unfinished: boolean;
}

type Kind = 'ms' | 'MB' | 'word' | 'status' | 'type';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['Duration', 'ms'],
  ['Billed Duration', 'ms'],
  ['Init Duration', 'ms'],
  ['Restore Duration', 'ms'],
  ['Billed Restore Duration', 'ms'],
  ['Memory Size', 'MB'],
  ['Max Memory Used', 'MB'],
  ['Status', 'status'],
  ['Error Type', 'type'],
  ['Phase', 'word'],
  ['XRAY TraceId', 'word'],
  ['SegmentId', 'word'],
  ['Sampled', 'word'],
]);

const UNITS: ReadonlySet<string> = new Set(['ms', 's', 'MB', 'KB', 'GB', '%']);
const COLON = 58;
const POINT = 46;

/**
 * Reads `Name: value unit` fields in any order, apart by tabs, spaces or line ends. Names are matched
 * whole, because "Duration:" ends four of them. A field that was cut off before its unit is left out:
 * "27" may have been "278 ms". A field that comes twice counts the first time.
 */
export function readFields(text: string, start: number, end: number): ReportFields {
  const values = new Map<string, number | string>();
  let strays = 0;
  let nameStart = -1;
  let position = skipSpace(text, start, end);
  while (position < end) {
    const wordEnd = endOfWord(text, position, end);
    if (nameStart < 0) nameStart = position;
    if (text.charCodeAt(wordEnd - 1) !== COLON) {
      position = skipSpace(text, wordEnd, end);
      continue;
    }
    const name = text.slice(nameStart, wordEnd - 1);
    const value = readValue(text, skipSpace(text, wordEnd, end), end, KINDS.get(name));
    if (value === UNFINISHED) return { values, strays, unfinished: true };
    if (value.is === undefined || values.has(name)) strays += 1;
    else values.set(name, value.is);
    position = skipSpace(text, value.end, end);
    nameStart = -1;
  }
  if (nameStart < 0) return { values, strays, unfinished: false };
  const unfinished = beginsName(text.slice(nameStart, end).trimEnd());
  return { values, strays: unfinished ? strays : strays + 1, unfinished };
}

interface Value {
  /** Absent where it is of another form than its field has, or of a field not known. */
  readonly is?: number | string;
  readonly end: number;
}

/** The text ends inside of a known field. */
const UNFINISHED = null;

function readValue(
  text: string,
  start: number,
  end: number,
  kind: Kind | undefined,
): Value | typeof UNFINISHED {
  if (kind === undefined) {
    const wordEnd = endOfWord(text, start, end);
    const unitStart = skipSpace(text, wordEnd, end);
    const unitEnd = endOfWord(text, unitStart, end);
    return { end: UNITS.has(text.slice(unitStart, unitEnd)) ? unitEnd : wordEnd };
  }
  if (start >= end) return UNFINISHED;
  const wordEnd = endOfWord(text, start, end);
  if (kind === 'ms' || kind === 'MB') return readAmount(text, start, wordEnd, end, kind);
  const valueEnd = kind === 'type' ? endOfErrorType(text, start, end) : wordEnd;
  const word = text.slice(start, valueEnd);
  if (skipSpace(text, valueEnd, end) >= end && beginsWord(word, kind)) return UNFINISHED;
  return { is: ownCopy(word), end: valueEnd };
}

/** Tells whether a word is certainly not whole: "time" of a status, "Runtime." of an error type. */
function beginsWord(word: string, kind: Kind): boolean {
  if (kind === 'type') return word.endsWith('.');
  if (kind !== 'status') return false;
  return REPORT_STATUSES.some((status) => status.startsWith(word) && status !== word);
}

function readAmount(
  text: string,
  start: number,
  wordEnd: number,
  end: number,
  kind: 'ms' | 'MB',
): Value | typeof UNFINISHED {
  const unitStart = skipSpace(text, wordEnd, end);
  const unitEnd = endOfWord(text, unitStart, end);
  const unit = text.slice(unitStart, unitEnd);
  if (unit === kind) {
    const number = readDecimal(text, start, wordEnd);
    return number === null ? { end: unitEnd } : { is: number, end: unitEnd };
  }
  const cutOff = skipSpace(text, unitEnd, end) >= end && kind.startsWith(unit);
  if (cutOff && beginsDecimal(text, start, wordEnd)) return UNFINISHED;
  return { end: wordEnd };
}

function beginsName(words: string): boolean {
  return [...KINDS.keys()].some((name) => name.startsWith(words));
}

/** An error type is one word, unless a custom runtime put spaces into it: then up to the next tab, if no field follows. */
function endOfErrorType(text: string, start: number, end: number): number {
  const wordEnd = endOfWord(text, start, end);
  let last = wordEnd;
  let position = wordEnd;
  while (position < end && !isTab(text, position)) {
    const next = skipSpace(text, position, end, false);
    const nextEnd = endOfWord(text, next, end);
    if (nextEnd === next) break;
    if (text.charCodeAt(nextEnd - 1) === COLON) return wordEnd;
    last = nextEnd;
    position = nextEnd;
  }
  return last;
}

/** Digits, and one point between them at most. */
function beginsDecimal(text: string, start: number, end: number): boolean {
  let points = 0;
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    if (code === POINT) points += position === start ? 2 : 1;
    else if (code < 48 || code > 57) return false;
  }
  return points < 2;
}

/** Plain decimals only; `null` for anything else, such as a sign, an exponent or nothing. */
function readDecimal(text: string, start: number, end: number): number | null {
  if (!beginsDecimal(text, start, end) || text.charCodeAt(end - 1) === POINT) return null;
  let decimals = -1;
  let mantissa = 0;
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    if (code !== POINT) mantissa = mantissa * 10 + (code - 48);
    if (code === POINT || decimals >= 0) decimals += 1;
  }
  // Both parts are exact up to here, so one division rounds as a decimal literal does.
  if (end - start <= 15) return decimals < 0 ? mantissa : mantissa / 10 ** decimals;
  const long = Number(text.slice(start, end));
  return Number.isFinite(long) ? long : null;
}
