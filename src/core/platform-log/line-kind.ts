const CODE = {
  tab: 9,
  carriageReturn: 13,
  space: 32,
  T: 84,
  quote: 34,
  openList: 91,
  close: 125,
  closeList: 93,
  open: 123,
} as const;

/** Text or bytes: what both give is the character at a position. */
export type CodeAt = (position: number) => number;

/** How many characters of a line tell whether it is a managed runtime's. */
const MANAGED_CHARACTERS = 25;

/** With what the platform's lines begin: START, END, REPORT and RequestId, INIT_REPORT, events, old timeouts. */
const OF_PLATFORM: ReadonlySet<number | undefined> = new Set(
  Array.from('SERI{2', (letter) => letter.charCodeAt(0)),
);

/**
 * Tells whether a line is one of an application behind a managed runtime, `2024-03-04T17:22:38.033Z ⇥ <request id> …`.
 * These are most lines of most logs, and nothing in them is the platform's. Rows that people copy from the
 * console have a time and a tab before the platform's words, too.
 *
 * @param length of the line
 * @param code10 its character at 10, and so on: numbers, because text and bytes are asked
 */
export function isManagedLine(
  length: number,
  code10: number | undefined,
  code24: number | undefined,
  code25: number | undefined,
): boolean {
  if (code24 !== CODE.tab || code10 !== CODE.T || length < MANAGED_CHARACTERS) return false;
  return !OF_PLATFORM.has(code25);
}

/**
 * Tells whether a line may begin a JSON document: with an object, or with a list of objects, lists or texts.
 */
export function mayBeginDocument(
  length: number,
  first: number | undefined,
  second: number | undefined,
): boolean {
  if (first === CODE.open) return length > 0;
  if (first !== CODE.openList || length === 0) return false;
  if (length === 1 || second === undefined) return true;
  return (
    second === CODE.open || second === CODE.openList || second === CODE.quote || isBlank(second)
  );
}

/**
 * Tells whether a line may begin a JSON document with its last character, behind a prefix.
 *
 * @param last character of the line, and the one before it
 */
export function mayBeginDocumentAtEnd(
  last: number | undefined,
  beforeLast: number | undefined,
): boolean {
  return last === CODE.open || (last === CODE.carriageReturn && beforeLast === CODE.open);
}

/** Tells whether the last character of a line that began a document can end one. */
export function mayEndDocument(codeAt: CodeAt, start: number, end: number): boolean {
  let last = end - 1;
  while (last > start && isBlank(codeAt(last))) last -= 1;
  const code = codeAt(last);
  return last > start && (code === CODE.close || code === CODE.closeList);
}

function isBlank(code: number): boolean {
  return code === CODE.space || (code >= CODE.tab && code <= 13);
}
