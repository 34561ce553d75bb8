import type { Column } from './table.ts';
import type { TextPen } from './text-pen.ts';

/** Longer cells are texts of their own, and may be broken between their words. */
const LONGEST_HELD_TOGETHER = 24;

/**
 * What a table is where the terminal is too narrow for it: each row is a paragraph, its first cell above the
 * others, which stand behind their headings. Nothing is left out but empty cells.
 *
 * @param columns with a heading each
 */
export function stackedLines(columns: readonly Column[], pen: TextPen): string[] {
  const [first, ...rest] = columns;
  if (first === undefined) return [];
  return first.cells.flatMap((title, row) => {
    const facts = rest.flatMap(({ heading, cells }) => {
      const cell = (cells[row] ?? '').trim();
      return cell === '' ? [] : [holdTogether(`${heading} ${cell}`)];
    });
    const below = facts.length === 0 ? [] : pen.wrapped(facts.join(', '), 2);
    return [...pen.wrapped(title.trim(), 0).map(pen.bold), ...below.map((line) => `  ${line}`)];
  });
}

function holdTogether(fact: string): string {
  return fact.length > LONGEST_HELD_TOGETHER ? fact : fact.replaceAll(' ', '\u00a0');
}
