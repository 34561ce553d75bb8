import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { isShown, MISSING } from '../../words/format/missing.ts';
import { currencyOf } from '../../words/format/money.ts';
import { hasNoNumbers } from '../../words/result/fate.ts';
import { sizeMarks } from '../../words/result/size-facts.ts';
import { alignAtPoint } from './align-at-point.ts';
import { bar } from './bar.ts';
import { type SizeCells, sizeCells, slowestMs } from '../../words/result/size-cells.ts';
import { type Column, type Paint, tableWidth } from './table.ts';

const NARROWEST_BAR = 8;
const WIDEST_BAR = 30;

export type ColumnName =
  | 'gutter'
  | 'memory'
  | 'duration'
  | 'durationPlusMinus'
  | 'bar'
  | 'p95'
  | 'coldInit'
  | 'memoryUsed'
  | 'memoryShare'
  | 'cost'
  | 'costPlusMinus'
  | 'invocations'
  | 'marks';

/**
 * What a narrow terminal does without, first to last: the p95, the words that the gutter repeats as signs,
 * cold starts, memory used, intervals, the bar, and in the end the cost. How many runs a number rests on stays,
 * if need be with shorter numbers and less room between the columns.
 */
const DROP_ORDER: readonly (readonly ColumnName[])[] = [
  ['p95'],
  ['marks'],
  ['coldInit'],
  ['memoryUsed', 'memoryShare'],
  ['costPlusMinus'],
  ['durationPlusMinus'],
  ['bar'],
  ['cost'],
];

interface NamedColumn extends Column {
  readonly name: ColumnName;
  /** What it holds where nothing else is left to drop. */
  readonly short?: Pick<Column, 'heading' | 'cells'>;
}

function numberColumns(result: Result, gutter: readonly string[]): NamedColumn[] {
  const rows = result.sizes.map((size) => (hasNoNumbers(size) ? null : sizeCells(size)));
  const column = (
    name: ColumnName & keyof SizeCells,
    heading: string,
    gap = 2,
    align: Column['align'] = 'right',
  ): NamedColumn => ({ name, heading, align, gap, cells: rows.map((row) => row?.[name] ?? '') });
  const cost = column('cost', `${currencyOf(result.target.region)}/1M`);
  return [
    { name: 'gutter', heading: '', align: 'left', gap: 0, cells: gutter },
    { ...column('memory', 'memory', 1), cells: result.sizes.map((size) => sizeCells(size).memory) },
    {
      ...column('duration', 'duration'),
      short: { heading: 'mean', cells: rows.map((row) => row?.durationShort ?? '') },
    },
    column('durationPlusMinus', '±95\u00a0%', 1, 'left'),
    column('p95', 'p95'),
    column('coldInit', 'cold init'),
    column('memoryUsed', 'used'),
    column('memoryShare', '', 1),
    { ...cost, cells: alignAtPoint(cost.cells) },
    column('costPlusMinus', '±95\u00a0%', 1, 'left'),
    column('invocations', 'runs'),
    {
      name: 'marks',
      heading: '',
      align: 'left',
      gap: 2,
      cells: result.sizes.map((size) =>
        hasNoNumbers(size) ? '' : sizeMarks(result, size).join(', '),
      ),
    },
  ];
}

function styleTexts(
  { heading, cells }: Pick<Column, 'heading' | 'cells'>,
  styled: (text: string) => string,
): Pick<Column, 'heading' | 'cells'> {
  return { heading: styled(heading), cells: cells.map(styled) };
}

function hasContent({ name, cells }: NamedColumn): boolean {
  return (
    name === 'gutter' ||
    name === 'memory' ||
    name === 'duration' ||
    name === 'cost' ||
    cells.some((cell) => cell !== '' && cell !== MISSING)
  );
}

function barCells(result: Result, width: number, unicode: boolean): string[] {
  const slowest = slowestMs(result);
  return result.sizes.map(({ durationMs }: SizeResult) =>
    isShown(durationMs.mean) && slowest > 0 ? bar(durationMs.mean / slowest, width, unicode) : '',
  );
}

function tight(column: NamedColumn): NamedColumn {
  return { ...column, ...column.short, gap: Math.min(column.gap, 1) };
}

/**
 * A terminal of 24 columns holds sizes, durations and runs as long as Lambda allows; wider ones, which only a file
 * from elsewhere can hold, leave no room for the runs.
 */
function tighten(columns: readonly NamedColumn[], width: number): readonly NamedColumn[] {
  const tights = columns.map(tight);
  return tableWidth(tights) <= width ? tights : tights.filter(({ name }) => name !== 'invocations');
}

/**
 * Returns the columns that fit into the width, in their order; `styled` translates every cell and heading.
 */
export function sizeColumns(
  result: Result,
  options: {
    readonly gutter: readonly string[];
    readonly columns: number;
    readonly unicode: boolean;
    readonly styled: (text: string) => string;
    readonly paintBar: Paint;
  },
): readonly NamedColumn[] {
  const all = numberColumns(result, options.gutter)
    .filter(hasContent)
    .map((column) => ({
      ...column,
      ...styleTexts(column, options.styled),
      ...(column.short === undefined ? {} : { short: styleTexts(column.short, options.styled) }),
    }));
  const hasBar = slowestMs(result) > 0;
  const dropped = new Set<ColumnName>(hasBar ? [] : ['bar']);
  const kept = () => all.filter(({ name }) => !dropped.has(name));
  const room = () => options.columns - tableWidth(kept()) - (dropped.has('bar') ? 0 : 2);
  for (const names of DROP_ORDER) {
    if (room() >= (dropped.has('bar') ? 0 : NARROWEST_BAR)) break;
    for (const name of names) dropped.add(name);
  }
  if (dropped.has('bar')) return room() < 0 ? tighten(kept(), options.columns) : kept();
  const width = Math.min(room(), WIDEST_BAR);
  const columns = kept();
  const after = columns.findLastIndex(({ name }) => name.startsWith('duration'));
  return columns.toSpliced(after + 1, 0, {
    name: 'bar',
    // A bar keeps its room even where it is short: the columns behind it must not move.
    heading: ' '.repeat(width),
    align: 'left',
    gap: 2,
    cells: barCells(result, width, options.unicode),
    paint: options.paintBar,
  });
}
