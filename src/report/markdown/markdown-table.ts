export interface MarkdownColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

const RULES = { left: ':--', right: '--:' } as const;

/** Returns a table of cells that are escaped already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ heading }) => heading)),
    line(columns.map(({ align }) => RULES[align])),
    ...rows.map(line),
  ].join('\n');
}
