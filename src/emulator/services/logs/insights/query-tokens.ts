import { malformed } from './malformed-query.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'pattern' | 'mark';
  readonly text: string;
  /** Where it starts, and ends, in the query. */
  readonly start: number;
  readonly end: number;
}

/**
 * Names are letters, digits, `_` and `.`, with `@` in front of what CloudWatch Logs makes; other signs take
 * backquotes ("Fields that contain special characters", CloudWatch Logs guide, 2026-11).
 */
const TOKEN =
  /(\s+|#[^\n]*)|(@?[A-Za-z_][\w.]*|`[^`]+`)|(\d+(?:\.\d+)?)|\/((?:[^/\\\n]|\\.)+)\/|([|,()*/<>=!+"'-])/y;

/** After these a slash divides; elsewhere it begins a pattern. */
const ENDS_A_VALUE = /^[\w.`)@]/;

/** Returns the words of a query, comments left out. */
export function queryTokens(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const last = tokens.at(-1);
    const divides =
      query[at] === '/' &&
      last !== undefined &&
      last.text !== 'like' &&
      last.kind !== 'pattern' &&
      ENDS_A_VALUE.test(last.text) &&
      !isParsed(tokens);
    if (divides) {
      tokens.push({ kind: 'mark', text: '/', start: at, end: at + 1 });
      at += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(query);
    if (match === null) {
      throw malformed(`unexpected symbol found ${query[at] ?? ''} at position ${at}`);
    }
    const [whole, space, name, number, pattern, mark] = match;
    const place = { start: at, end: at + whole.length };
    at = place.end;
    if (space !== undefined) continue;
    if (name !== undefined) {
      tokens.push({ kind: 'name', text: name.replaceAll('`', ''), ...place });
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number, ...place });
    else if (pattern !== undefined) tokens.push({ kind: 'pattern', text: pattern, ...place });
    else tokens.push({ kind: 'mark', text: mark ?? '', ...place });
  }
  return tokens;
}

/** Tells whether the last token is what `parse` reads from: `parse @message /…/`. */
function isParsed(tokens: readonly Token[]): boolean {
  return tokens.at(-2)?.text === 'parse' || tokens.at(-1)?.text === 'parse';
}
