import { endOfWord, isTab, ownCopy, skipSpace } from './scan.ts';

/** The fields of a REPORT or INIT_REPORT line, by the names that Lambda prints. */
export interface ReportFields {
  readonly values: ReadonlyMap<string, number | string>;
  /** Words that fit no known field: 0 in every line that Lambda is known to print. */
  readonly strays: number;
}

type Kind = 'ms' | 'MB' | 'word' | 'type';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['Duration', 'ms'],
  ['Billed Duration', 'ms'],
  ['Init Duration', 'ms'],
  ['Restore Duration', 'ms'],
  ['Billed Restore Duration', 'ms'],
  ['Memory Size', 'MB'],
  ['Max Memory Used', 'MB'],
  ['Status', 'word'],
  ['Error Type', 'type'],
  ['Phase', 'word'],
  ['XRAY TraceId', 'word'],
  ['SegmentId', 'word'],
  ['Sampled', 'word'],
]);

const UNITS: ReadonlySet<string> = new Set(['ms', 's', 'MB', 'KB', 'GB', '%']);
const COLON = 58;

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
    if (value.is === undefined || values.has(name)) strays += 1;
    else values.set(name, value.is);
    position = skipSpace(text, value.end, end);
    nameStart = -1;
  }
  return { values, strays: nameStart < 0 ? strays : strays + 1 };
}

interface Value {
  /** Absent where it is cut off, of another form than its field has, or of a field not known. */
  readonly is?: number | string;
  readonly end: number;
}

function readValue(text: string, start: number, end: number, kind: Kind | undefined): Value {
  if (start >= end) return { end };
  if (kind === 'type') {
    const valueEnd = endOfErrorType(text, start, end);
    return { is: ownCopy(text.slice(start, valueEnd)), end: valueEnd };
  }
  const wordEnd = endOfWord(text, start, end);
  if (kind === 'word') return { is: ownCopy(text.slice(start, wordEnd)), end: wordEnd };

  const unitStart = skipSpace(text, wordEnd, end);
  const unitEnd = endOfWord(text, unitStart, end);
  const unit = text.slice(unitStart, unitEnd);
  if (kind === undefined) return { end: UNITS.has(unit) ? unitEnd : wordEnd };
  if (unit !== kind) return { end: wordEnd };
  const number = readDecimal(text, start, wordEnd);
  return number === null ? { end: unitEnd } : { is: number, end: unitEnd };
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

/** Plain decimals only; `null` for anything else, such as a sign, an exponent or nothing. */
function readDecimal(text: string, start: number, end: number): number | null {
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    if (code === 46 && decimals < 0) {
      decimals = 0;
    } else if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else {
      return null;
    }
  }
  if (digits === 0 || decimals === 0) return null;
  // Both parts are exact up to here, so one division rounds as a decimal literal does.
  if (digits <= 15) return decimals < 0 ? mantissa : mantissa / 10 ** decimals;
  const long = Number(text.slice(start, end));
  return Number.isFinite(long) ? long : null;
}
