import type { HistoryAnswer } from '../../contract/history/history.ts';
import { csvRow } from '../csv/csv-row.ts';

/** One row for each function and memory size; a function without a history has one with its problem. */
export function historyCsv(answers: readonly HistoryAnswer[]): string {
  const heading = csvRow([
    'function',
    'memoryMb',
    'isPresent',
    'invocations',
    'coldStarts',
    'meanMs',
    'p50Ms',
    'p95Ms',
    'p99Ms',
    'p999Ms',
    'maxMs',
    'maxMemoryUsedMb',
    'outOfMemory',
    'timeouts',
    'crashes',
    'errors',
    'usdPerMonth',
    'problem',
  ]);
  const rows = answers.flatMap(({ function: name, history, problem }) =>
    history === null
      ? [csvRow([name, ...Array<null>(16).fill(null), problem])]
      : history.sizes.map((size) =>
          csvRow([
            name,
            size.memoryMb,
            size.memoryMb === history.presentMb,
            size.invocations,
            size.coldStarts,
            size.durationMs.mean,
            size.durationMs.p50,
            size.durationMs.p95,
            size.durationMs.p99,
            size.durationMs.p999,
            size.durationMs.max,
            size.maxMemoryUsedMb,
            size.outOfMemory,
            size.timeouts,
            size.crashes,
            size.errors,
            size.usdPerMonth,
            null,
          ]),
        ),
  );
  return [heading, ...rows].join('');
}
