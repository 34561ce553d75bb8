const CODE = {
  tab: 9,
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

/**
 * Whether a line is one of an application behind a managed runtime, `2024-03-04T17:22:38.033Z ⇥ …`. These
 * are most lines of most logs, and nothing in them is the platform's.
 */
export function isManagedLine(codeAt: CodeAt, start: number): boolean {
  return codeAt(start + 24) === CODE.tab && codeAt(start + 10) === CODE.T;
}

/** Whether a line may begin a JSON document: with an object, or with a list of objects, lists or texts. */
export function mayBeginDocument(codeAt: CodeAt, start: number, end: number): boolean {
  const first = codeAt(start);
  if (first === CODE.open) return true;
  if (first !== CODE.openList) return false;
  if (start + 1 >= end) return true;
  const second = codeAt(start + 1);
  return (
    second === CODE.open || second === CODE.openList || second === CODE.quote || isBlank(second)
  );
}

/** Whether the last character of a line that began a document can end one. */
export function mayEndDocument(codeAt: CodeAt, start: number, end: number): boolean {
  let last = end - 1;
  while (last > start && isBlank(codeAt(last))) last -= 1;
  const code = codeAt(last);
  return last > start && (code === CODE.close || code === CODE.closeList);
}

function isBlank(code: number): boolean {
  return code === CODE.space || (code >= CODE.tab && code <= 13);
}
