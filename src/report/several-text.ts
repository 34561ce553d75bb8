import type { Result } from '../contract/tune/result.ts';
import { memoryText } from '../words/format/memory.ts';
import { isShown, MISSING } from '../words/format/missing.ts';
import { probabilityText } from '../words/format/percent.ts';
import { secondsText } from '../words/format/duration.ts';
import { plainText } from '../words/plain-text.ts';
import { withOrdinarySpaces } from '../words/spaces.ts';
import { type Column, tableLines } from './text/table.ts';
import { textPen } from './text/text-pen.ts';
import type { TextStyle } from './text-style.ts';

/** What became of one function of several. */
export type SeveralRow =
  | { readonly function: string; readonly kind: 'result'; readonly result: Result }
  | { readonly function: string; readonly kind: 'planned' }
  /** `error` is the name of the failure. */
  | { readonly function: string; readonly kind: 'failed'; readonly error: string };

/** Returns the summary of several runs: a line for each function. Ends with a line break. */
export function severalText(rows: readonly SeveralRow[], style: TextStyle): string {
  const pen = textPen(style);
  const column = (
    heading: string,
    cell: (row: SeveralRow) => string,
    align: Column['align'] = 'left',
  ): Column => ({
    heading,
    align,
    gap: heading === 'function' ? 0 : 2,
    cells: rows.map((row) => pen.styled(withOrdinarySpaces(cell(row)))),
  });
  const ofResult = (cell: (result: Result) => string) => (row: SeveralRow) =>
    row.kind === 'result' ? cell(row.result) : '';
  const { heading, rows: lines } = tableLines(
    [
      column('function', (row) => plainText(row.function)),
      column('verdict', verdictOf),
      column('memory', ofResult(memoryChange)),
      column('timeout', ofResult(timeoutChange)),
      column('confidence', ofResult(confidenceOf), 'right'),
    ],
    pen.dim,
    (row) => (rows[row]?.kind === 'failed' ? pen.careful : (text) => text),
  );
  return `${[heading, ...lines].join('\n')}\n`;
}

function verdictOf(row: SeveralRow): string {
  switch (row.kind) {
    case 'result':
      return row.result.verdict;
    case 'planned':
      return 'planned';
    case 'failed':
      return plainText(row.error);
  }
}

function memoryChange({ current, recommendation }: Result): string {
  return change(memoryText(current.memoryMb), memoryText(recommendation.memoryMb));
}

/** Says how the timeout changes; where none is recommended, the present one stays. */
function timeoutChange({ current, recommendation }: Result): string {
  const present = secondsText(current.timeoutSeconds);
  const { timeoutSeconds } = recommendation;
  return timeoutSeconds === null ? present : change(present, secondsText(timeoutSeconds));
}

/** Says a change from one value to another; the present value may be unknown. */
function change(from: string, to: string): string {
  return from === to || from === MISSING ? to : `${from} → ${to}`;
}

function confidenceOf({ confidence: { withinTolerance } }: Result): string {
  return isShown(withinTolerance) ? probabilityText(withinTolerance) : MISSING;
}
