import type { Architecture } from '../contract/shared/function-configuration.ts';
import { costUsdPerMillion } from '../core/cost/invocation-cost.ts';
import { FREE_EPHEMERAL_STORAGE_MB, type Prices } from '../core/cost/prices.ts';
import type { LogSummaryRow } from '../core/platform-log/log-summary.ts';
import { durationText } from '../words/format/duration.ts';
import { memoryText } from '../words/format/memory.ts';
import { isShown, MISSING } from '../words/format/missing.ts';
import { costPerMillionText } from '../words/format/money.ts';
import { fixedText } from '../words/format/rounding.ts';
import { memoryVerdict } from '../words/history/memory-verdict.ts';
import { alignAtPoint } from './text/align-at-point.ts';
import { stackedLines } from './text/stacked-lines.ts';
import { type Column, tableLines, tableWidth } from './text/table.ts';
import { type TextPen, textPen } from './text/text-pen.ts';
import type { TextStyle } from './text-style.ts';

/** Where prices come from, and whether the notes that explain the numbers are wanted. */
export interface LogsTextOptions {
  readonly notes: boolean;
  readonly region: string;
  readonly architecture: Architecture;
  readonly prices: Prices;
}

/** What a narrow terminal does without, first to last; a narrower one has all of it, in lines. Names are headings. */
const DROP_ORDER = ['init p50', 'cold p50', 'p95', 'share', 'p99'] as const;

/** Tells what logs say about each memory size, for the terminal. Ends with a line break. */
export function logsText(
  rows: readonly LogSummaryRow[],
  options: LogsTextOptions,
  style: TextStyle,
): string {
  const pen = textPen(style);
  const notes = options.notes ? ['', ...pen.wrapped(notesOf(rows, options), 0).map(pen.dim)] : [];
  return `${[...sizeLines(rows, options, pen), ...notes].join('\n')}\n`;
}

function sizeLines(
  rows: readonly LogSummaryRow[],
  options: LogsTextOptions,
  pen: TextPen,
): readonly string[] {
  const all = columnsOf(rows, options, pen);
  const fitting = fitColumns(all, pen);
  if (fitting === null) {
    return stackedLines(
      all.map((column) => ({ ...column, heading: column.heading || column.name })),
      pen,
    );
  }
  const { heading, rows: lines } = tableLines(fitting, pen.dim, () => String);
  return [heading, ...lines];
}

/** The columns that the terminal has room for; `null` where even the least are too wide. */
function fitColumns(all: readonly NamedColumn[], pen: TextPen): readonly NamedColumn[] | null {
  let kept = all;
  for (const name of DROP_ORDER) {
    if (tableWidth(kept) <= pen.columns) break;
    kept = kept.filter((column) => column.name !== name);
  }
  return tableWidth(kept) <= pen.columns ? kept : null;
}

type NamedColumn = Column & { readonly name: string };

function columnsOf(
  rows: readonly LogSummaryRow[],
  options: LogsTextOptions,
  pen: TextPen,
): readonly NamedColumn[] {
  const column = (
    heading: string,
    cellOf: (row: LogSummaryRow) => string,
    { name = heading, gap = 2 } = {},
  ): NamedColumn => ({
    name,
    heading: pen.styled(heading),
    align: 'right',
    gap,
    cells: rows.map((row) => pen.styled(cellOf(row)).replaceAll('\u00a0', ' ')),
  });
  const cost = column(`${options.prices.currency}/1M`, (row) => costText(row, options));
  return [
    column('memory', (row) => memoryText(row.memorySizeMb), { gap: 0 }),
    column('count', (row) => countText(row.invocations)),
    column('cold', (row) => countText(row.coldStarts)),
    column('p50', (row) => durationText(row.durationMs.p50)),
    column('p95', (row) => durationText(row.durationMs.p95)),
    column('p99', (row) => durationText(row.durationMs.p99)),
    column('max', (row) => durationText(row.durationMs.max)),
    ...(rows.some(({ coldStarts }) => coldStarts > 0)
      ? [
          column('cold p50', (row) => durationText(row.coldDurationMs.p50)),
          column('init p50', (row) => durationText(row.initMs.p50)),
        ]
      : []),
    column('used', (row) => memoryText(row.maxMemoryUsedMb)),
    column('', shareText, { name: 'share', gap: 1 }),
    column('errors', (row) => countText(row.errors)),
    column('timeouts', (row) => countText(row.timeouts)),
    ...(rows.some(({ outOfMemory }) => outOfMemory > 0)
      ? [column('out of memory', (row) => countText(row.outOfMemory))]
      : []),
    { ...cost, cells: alignAtPoint(cost.cells) },
  ];
}

function countText(count: number): string {
  return fixedText(count, 0);
}

/** Memory used over memory set. */
function shareText({ maxMemoryUsedMb, memorySizeMb }: LogSummaryRow): string {
  if (!isShown(maxMemoryUsedMb) || !isShown(memorySizeMb) || memorySizeMb === 0) return '';
  return `${fixedText((maxMemoryUsedMb / memorySizeMb) * 100, 0)}\u00a0%`;
}

/** The cost of an invocation is linear in what is billed, so the mean cost is the cost of the mean. */
function costText(
  { meanBilledMs, memorySizeMb }: LogSummaryRow,
  { prices }: LogsTextOptions,
): string {
  if (meanBilledMs === null || memorySizeMb === null) return MISSING;
  return costPerMillionText(
    costUsdPerMillion(prices, {
      billedMs: meanBilledMs,
      memoryMb: memorySizeMb,
      ephemeralStorageMb: FREE_EPHEMERAL_STORAGE_MB,
    }),
  );
}

function notesOf(
  rows: readonly LogSummaryRow[],
  { region, architecture, prices }: LogsTextOptions,
): string {
  const many = rows.some(
    ({ durationMs, invocations }) => durationMs.p50 !== null && invocations > 1000,
  );
  return [
    `Durations: of warm invocations that ended well${many ? '; percentiles within 1\u00a0%' : ''}. Cold p50: what the handler took in cold starts, and init p50: what came before it.`,
    'Memory used: the most of any invocation.',
    ...rows.map(memoryVerdict).filter((each) => each !== null),
    'Errors: those that Lambda reports; text logs do not say when a handler throws.',
    `Cost: of a million such invocations in ${region} on ${architecture}, at list prices of ${prices.asOf}, what was billed for failed ones and for init in it.`,
  ].join(' ');
}
