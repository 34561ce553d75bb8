const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;

/** Space as Lambda's logs have it: blank, tab and line ends. */
export function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 13);
}

export function isTab(text: string, position: number): boolean {
  return text.charCodeAt(position) === TAB;
}

/** The first position that holds no space; with `tabs` false, tabs and line ends stop it too. */
export function skipSpace(text: string, start: number, end: number, tabs = true): number {
  let position = start;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (tabs ? !isSpace(code) : code !== SPACE) break;
    position += 1;
  }
  return position;
}

/** Tells where the word that begins at `start` ends; `start` itself where there is none. */
export function endOfWord(text: string, start: number, end: number): number {
  let position = start;
  while (position < end && !isSpace(text.charCodeAt(position))) position += 1;
  return position;
}

/** Tells where the line that `position` is in ends: at its line feed, or at `end`. */
export function endOfLine(text: string, position: number, end: number): number {
  const lineFeed = text.indexOf('\n', position);
  return lineFeed < 0 || lineFeed > end ? end : lineFeed;
}

/** Tells where the line that `position` is in begins. */
export function startOfLine(text: string, position: number): number {
  return position === 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
}

export function isLineFeed(text: string, position: number): boolean {
  return text.charCodeAt(position) === LINE_FEED;
}

/**
 * Returns the same string, holding on to nothing else. Engines make a long slice a view of the text that it
 * was cut from: keeping one request id would keep the whole chunk. Slices below 13 characters are copies.
 */
export function ownCopy(slice: string): string {
  let copy = '';
  for (let position = 0; position < slice.length; position += 12) {
    copy += slice.slice(position, position + 12);
  }
  return copy;
}
