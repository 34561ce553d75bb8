/**
 * Returns the cells of a row of a table that was copied from a console or printed by the AWS CLI, `|
 * 2026-11-20 08:00:01.250 | REPORT RequestId: … |`; `null` for lines that are no such row.
 */
export function readTableCells(line: string): readonly string[] | null {
  const row = line.trim();
  if (!row.startsWith('|')) return null;
  return row
    .replace(/^\|+|\|+$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}
