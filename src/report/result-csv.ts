import type { Result } from '../contract/tune/result.ts';
import type { SizeResult } from '../contract/tune/size-result.ts';
import { type CsvCell, csvRow } from './csv/csv-row.ts';
import { currencyOf } from '../words/format/money.ts';
import { isCurrent, isRecommended } from '../words/result/size-facts.ts';

type Column = readonly [string, (size: SizeResult, result: Result) => CsvCell];

/** The keys of the JSON result with a dot between levels: who knows one knows the other. */
const COLUMNS: readonly Column[] = [
  ['memoryMb', ({ memoryMb }) => memoryMb],
  ['outcome', ({ outcome }) => outcome],
  ['reason', ({ reason }) => reason],
  ['recommended', (size, result) => isRecommended(result, size)],
  ['current', (size, result) => isCurrent(result, size)],
  ['invocations', ({ invocations }) => invocations],
  ['coldStarts', ({ coldStarts }) => coldStarts],
  ['errors', ({ errors }) => errors],
  ['durationMs.mean', ({ durationMs }) => durationMs.mean],
  ['durationMs.low', ({ durationMs }) => durationMs.low],
  ['durationMs.high', ({ durationMs }) => durationMs.high],
  ['durationMs.p50', ({ durationMs }) => durationMs.p50],
  ['durationMs.p95', ({ durationMs }) => durationMs.p95],
  ['durationMs.p99', ({ durationMs }) => durationMs.p99],
  ['durationMs.max', ({ durationMs }) => durationMs.max],
  ['initMs.mean', ({ initMs }) => initMs?.mean ?? null],
  ['initMs.p50', ({ initMs }) => initMs?.p50 ?? null],
  ['initMs.max', ({ initMs }) => initMs?.max ?? null],
  ['billedMs.mean', ({ billedMs }) => billedMs.mean],
  ['maxMemoryUsedMb', ({ maxMemoryUsedMb }) => maxMemoryUsedMb],
  ['costUsdPerMillion.mean', ({ costUsdPerMillion }) => costUsdPerMillion.mean],
  ['costUsdPerMillion.low', ({ costUsdPerMillion }) => costUsdPerMillion.low],
  ['costUsdPerMillion.high', ({ costUsdPerMillion }) => costUsdPerMillion.high],
  ['currency', (_, result) => currencyOf(result.target.region)],
];

/** Returns the sizes of a result as CSV (RFC 4180), one a row, every number as it was computed. */
export function resultCsv(result: Result): string {
  return [
    csvRow(COLUMNS.map(([name]) => name)),
    ...result.sizes.map((size) => csvRow(COLUMNS.map(([, cell]) => cell(size, result)))),
  ].join('');
}
