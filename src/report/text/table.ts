import { displayWidth, truncate } from './display-width.ts';

/** Colours a finished piece of text; it must add nothing that takes a column. */
export type Paint = (text: string) => string;

export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Spaces before the column. */
  readonly gap: number;
  readonly cells: readonly string[];
  readonly paint?: Paint;
}

function pad(text: string, width: number, align: Column['align']): string {
  const fitted = truncate(text, width);
  const spaces = ' '.repeat(width - displayWidth(fitted));
  return align === 'right' ? spaces + fitted : fitted + spaces;
}

/** Returns the width that a column's own text asks for. */
export function naturalWidth({ heading, cells }: Column): number {
  return Math.max(displayWidth(heading), ...cells.map(displayWidth));
}

/** Returns the width of columns side by side. */
export function tableWidth(columns: readonly Column[]): number {
  return columns.reduce((width, column) => width + column.gap + naturalWidth(column), 0);
}

/** One line for the headings and one for each row, without spaces at the end. */
export function tableLines(
  columns: readonly Column[],
  paintHeading: Paint,
  paintRow: (row: number) => Paint,
): { readonly heading: string; readonly rows: readonly string[] } {
  const widths = columns.map(naturalWidth);
  const rowCount = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const line = (cellOf: (column: Column) => string, paintOf: (column: Column) => Paint) => {
    const lastFilled = columns.findLastIndex((column) => cellOf(column) !== '');
    return columns
      .slice(0, lastFilled + 1)
      .map((column, index) => {
        const cell = pad(cellOf(column), widths[index] ?? 0, column.align);
        const text = index === lastFilled ? cell.trimEnd() : cell;
        return ' '.repeat(column.gap) + paintOf(column)(text);
      })
      .join('');
  };
  return {
    heading: line(
      ({ heading }) => heading,
      () => paintHeading,
    ),
    rows: Array.from({ length: rowCount }, (_, row) => {
      const paint = paintRow(row);
      return line(
        ({ cells }) => cells[row] ?? '',
        (column) => (text) => paint(column.paint?.(text) ?? text),
      );
    }),
  };
}
