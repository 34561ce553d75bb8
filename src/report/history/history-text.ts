import type { HistoryAnswer } from '../../contract/history/history.ts';
import { plainText } from '../../words/plain-text.ts';
import { stackedLines } from '../text/stacked-lines.ts';
import { tableLines, tableWidth } from '../text/table.ts';
import { textPen, type TextPen } from '../text/text-pen.ts';
import type { TextStyle } from '../text-style.ts';
import {
  historyHeadline,
  historySentences,
  RANKING_HEADINGS,
  rankingCells,
} from './history-lines.ts';
import { SIZE_HEADINGS, sizeCells } from './size-cells.ts';

/** One function in full, several as a ranking of one line each. Ends with a line break. */
export function historyText(answers: readonly HistoryAnswer[], style: TextStyle): string {
  const pen = textPen(style);
  const [only] = answers;
  const lines =
    answers.length === 1 && only !== undefined
      ? oneLines(only, pen, style)
      : manyLines(answers, pen, style);
  return `${lines.join('\n')}\n`;
}

function oneLines(answer: HistoryAnswer, pen: TextPen, style: TextStyle): readonly string[] {
  const { history, problem } = answer;
  const sentences = historySentences(answer).flatMap((each) => pen.wrapped(plainText(each), 0));
  if (history === null) {
    return [...pen.wrapped(plainText(`${answer.function}: ${problem ?? ''}`), 0), ...sentences];
  }
  const rows = history.sizes.map((size) => sizeCells(size, history.currency));
  return [
    ...pen.wrapped(plainText(historyHeadline(answer.function, history)), 0).map(pen.bold),
    '',
    ...table(SIZE_HEADINGS, rows, { pen, style, align: 'right' }),
    '',
    ...sentences,
  ];
}

function manyLines(
  answers: readonly HistoryAnswer[],
  pen: TextPen,
  style: TextStyle,
): readonly string[] {
  return [
    ...table(RANKING_HEADINGS, answers.map(rankingCells), { pen, style, align: 'left' }),
    '',
    ...pen.wrapped(
      'Risks first, then by what less memory could save at most in a month, if it cost no speed; that an experiment has to show: powerdial tune <function>.',
      0,
    ),
  ];
}

function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  {
    pen,
    style,
    align,
  }: { readonly pen: TextPen; readonly style: TextStyle; readonly align: 'left' | 'right' },
): readonly string[] {
  const columns = headings.map((heading, index) => ({
    heading: pen.styled(heading),
    align,
    gap: index === 0 ? 0 : 2,
    cells: rows.map((cells) => pen.styled(plainText(cells[index] ?? '')).replaceAll('\u00a0', ' ')),
  }));
  // A pipe has no width: there a table is as wide as it is.
  const columnsLeft = Math.max(style.columns, pen.columns);
  if (tableWidth(columns) > columnsLeft) return stackedLines(columns, pen);
  const { heading, rows: lines } = tableLines(columns, pen.dim, () => String);
  return [heading, ...lines];
}
