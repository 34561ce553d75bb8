import type { SizeHistory } from '../../contract/history/history.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { MISSING } from '../../words/format/missing.ts';
import { amountText, type Currency } from '../../words/format/money.ts';
import { percentText } from '../../words/format/percent.ts';
import { fixedText } from '../../words/format/rounding.ts';

/** The columns of the table of sizes, in every format. */
export const SIZE_HEADINGS = [
  'memory',
  'count',
  'cold',
  'p50',
  'p95',
  'p99',
  'p99.9',
  'max',
  'init',
  'used',
  'out of memory',
  'timeouts',
  'crashes',
  'errors',
  'a month',
] as const;

export function sizeCells(size: SizeHistory, currency: Currency): readonly string[] {
  const { durationMs } = size;
  const count = (value: number | null): string => (value === null ? MISSING : fixedText(value, 0));
  return [
    memoryText(size.memoryMb),
    count(size.invocations),
    percentText(size.coldStarts / size.invocations),
    ...[durationMs.p50, durationMs.p95, durationMs.p99, durationMs.p999, durationMs.max].map(
      durationText,
    ),
    durationText(size.initMs?.mean ?? null),
    memoryText(size.maxMemoryUsedMb),
    count(size.outOfMemory),
    count(size.timeouts),
    count(size.crashes),
    count(size.errors),
    size.usdPerMonth === null ? MISSING : amountText(size.usdPerMonth, currency),
  ];
}
