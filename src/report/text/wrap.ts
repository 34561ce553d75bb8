import { displayWidth, headOf } from './display-width.ts';

/** Where a name or a path may be broken, if it has to be: behind what parts its words. */
const LAST_PART = /^.+[/:,.\-_=?&]/u;

/**
 * Lines of at most `columns`, broken at spaces; what is longer is broken between its parts, and a single
 * word that is longer than a line is cut. No-break spaces hold a
 * number and its unit together and come out as spaces.
 */
export function wrapText(text: string, columns: number): string[] {
  const width = Math.max(columns, 1);
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (displayWidth(word) > width) {
      // A character may be wider than the line: it must not hold up the rest for ever.
      const fitting = headOf(word, width) || String.fromCodePoint(word.codePointAt(0) ?? 0);
      const head = LAST_PART.exec(fitting)?.[0] ?? fitting;
      lines.push(head);
      word = word.slice(head.length);
    }
    line = word;
  }
  if (line !== '') lines.push(line);
  return lines.map((wrapped) => wrapped.replaceAll('\u00a0', ' '));
}
