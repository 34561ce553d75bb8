import type { Result } from '../../contract/tune/result.ts';
import { payloadTable } from '../../words/result/payloads.ts';
import { markdownTable } from './markdown-table.ts';

/** Tells what each payload took at the recommended size; an empty text where the run had one. */
export function payloadTableMarkdown(result: Result): string {
  const table = payloadTable(result);
  if (table === null) return '';
  const { name, share, invocations, duration, longest, cost } = table.headings;
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const columns = [
    { heading: name, align: 'left' as const },
    ...[share, invocations, duration, longest, cost].map(right),
  ];
  const rows = table.rows.map((row) => [
    row.name,
    row.share,
    row.invocations,
    row.durationRange === '' ? row.duration : `${row.duration} (${row.durationRange})`,
    row.longest,
    row.cost,
  ]);
  return `**${table.title}**\n\n${markdownTable(columns, rows)}`;
}
