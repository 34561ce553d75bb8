import { plainText } from '../../words/plain-text.ts';

export type CsvCell = string | number | boolean | null;

/** What a spreadsheet would take for a formula and carry out. */
const FORMULA = /^[=+\-@]/;

function cellText(cell: CsvCell): string {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = plainText(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line by RFC 4180, its line break included. What was not measured is empty, never 0. */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}
