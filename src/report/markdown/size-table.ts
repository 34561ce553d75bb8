import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { isShown } from '../../words/format/missing.ts';
import { currencyOf } from '../../words/format/money.ts';
import { bar } from '../text/bar.ts';
import { type SizeCells, sizeCells, slowestMs } from '../../words/result/size-cells.ts';
import { isRecommended, sizeMarks } from '../../words/result/size-facts.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { type MarkdownColumn, markdownTable } from './markdown-table.ts';

const BAR_WIDTH = 12;

function columns(currency: string): readonly MarkdownColumn[] {
  return [
    { heading: 'Memory', align: 'right' },
    { heading: 'Duration', align: 'right' },
    { heading: '', align: 'left' },
    { heading: 'p95', align: 'right' },
    { heading: 'Cold init', align: 'right' },
    { heading: 'Memory used', align: 'right' },
    { heading: `${currency} per million`, align: 'right' },
    { heading: 'Invocations', align: 'right' },
    { heading: '', align: 'left' },
  ];
}

function withRange(estimate: string, range: string): string {
  return range === '' ? estimate : `${estimate} (${range})`;
}

function memoryUsed(cells: SizeCells): string {
  return cells.memoryShare === '' ? cells.memoryUsed : `${cells.memoryUsed} (${cells.memoryShare})`;
}

function remarks(result: Result, size: SizeResult): string {
  const reason = size.reason === null ? [] : [escapeMarkdown(size.reason)];
  return [...sizeMarks(result, size), ...reason].join(', ');
}

/** Returns the sizes as a table, the recommended one in bold. */
export function sizeTableMarkdown(result: Result): string {
  const slowest = slowestMs(result);
  const rows = result.sizes.map((size) => {
    const cells = sizeCells(size);
    const { mean } = size.durationMs;
    return [
      isRecommended(result, size) ? `**${cells.memory}**` : cells.memory,
      withRange(cells.duration, cells.durationRange),
      isShown(mean) && slowest > 0 ? bar(mean / slowest, BAR_WIDTH, true) : '',
      cells.p95,
      cells.coldInit,
      memoryUsed(cells),
      withRange(cells.cost, cells.costRange),
      cells.invocations,
      remarks(result, size),
    ];
  });
  return markdownTable(columns(currencyOf(result.target.region)), rows);
}
