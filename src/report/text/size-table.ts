import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { plainText } from '../../words/plain-text.ts';
import { fateText, hasNoNumbers } from '../../words/result/fate.ts';
import { isCurrent, isRecommended, sizeMarks } from '../../words/result/size-facts.ts';
import { displayWidth, truncateAtWord } from './display-width.ts';
import { sizeColumns } from './size-columns.ts';
import { tableLines } from './table.ts';
import type { TextPen } from './text-pen.ts';

/** AWS's messages can be long; the result file has them whole. */
const LONGEST_REASON = 240;

const SIGNS = { recommended: '▸', current: '•' } as const;

/** Tells what stands below a row of numbers: its reason, and its marks where their column has no room. */
function remarkText(result: Result, size: SizeResult, hasMarks: boolean): string {
  const remarks = hasMarks
    ? []
    : sizeMarks(result, size).filter((mark) => mark !== 'recommended' && mark !== 'current');
  const reason =
    size.reason === null ? [] : [truncateAtWord(plainText(size.reason), LONGEST_REASON)];
  return [...remarks, ...reason].join(', ');
}

function sign(result: Result, size: SizeResult): string {
  if (isRecommended(result, size)) return SIGNS.recommended;
  return isCurrent(result, size) ? SIGNS.current : '';
}

/**
 * Returns the sizes, one a row, as wide as the terminal allows, with what the signs mean where words are
 * missing.
 */
export function sizeTable(result: Result, pen: TextPen): string[] {
  const columns = sizeColumns(result, {
    gutter: result.sizes.map((size) => pen.styled(sign(result, size))),
    columns: pen.columns,
    unicode: pen.unicode,
    styled: (text) => pen.styled(text).replaceAll('\u00a0', ' '),
    paintBar: pen.accent,
  });
  const hasMarks = columns.some(({ name }) => name === 'marks');
  const paintRow = (row: number) => {
    const size = result.sizes[row];
    if (size === undefined) return String;
    if (isRecommended(result, size)) return pen.bold;
    return size.outcome === 'measured' ? String : pen.dim;
  };
  const { heading, rows } = tableLines(columns, pen.dim, paintRow);
  const indent = columns.slice(0, 2).reduce((width, { gap, cells, heading: text }) => {
    return width + gap + Math.max(displayWidth(text), ...cells.map(displayWidth));
  }, 2);
  const lines = rows.flatMap((line, row) => {
    const size = result.sizes[row];
    if (size === undefined) return [line];
    if (hasNoNumbers(size)) {
      const [first = '', ...rest] = pen
        .wrapped(truncateAtWord(fateText(size), LONGEST_REASON), indent)
        .map(pen.dim);
      return [`${line}  ${first}`, ...rest.map((text) => ' '.repeat(indent) + text)];
    }
    const remark = remarkText(result, size, hasMarks);
    return [line, ...pen.wrapped(remark, indent).map((text) => ' '.repeat(indent) + pen.dim(text))];
  });
  return [heading, ...lines, ...(hasMarks ? [] : legend(result, pen))];
}

function legend(result: Result, pen: TextPen): string[] {
  const parts = [
    ...(result.sizes.some((size) => isRecommended(result, size))
      ? [`${SIGNS.recommended}\u00a0recommended`]
      : []),
    ...(result.sizes.some((size) => isCurrent(result, size) && !isRecommended(result, size))
      ? [`${SIGNS.current}\u00a0current`]
      : []),
  ];
  return pen.wrapped(parts.join(', '), 0).map(pen.dim);
}
