import type { Result } from '../../contract/tune/result.ts';
import { payloadTable, type PayloadCells } from '../../words/result/payloads.ts';
import { tableLines, type Column } from './table.ts';
import type { TextPen } from './text-pen.ts';

/** Tells what each payload took at the recommended size; nothing where the run had one. */
export function payloadLines(result: Result, pen: TextPen): string[] {
  const table = payloadTable(result);
  if (table === null) return [];
  const column = (key: Exclude<keyof PayloadCells, 'durationRange'>, gap: number): Column => ({
    heading: pen.styled(table.headings[key]),
    align: key === 'name' ? 'left' : 'right',
    gap,
    cells: table.rows.map((row) => pen.styled(row[key])),
  });
  const columns = [
    column('name', 2),
    column('share', 2),
    column('invocations', 2),
    column('duration', 2),
    column('longest', 2),
    column('cost', 2),
  ];
  const { heading, rows } = tableLines(columns, pen.dim, () => String);
  return [pen.styled(table.title), heading, ...rows];
}
