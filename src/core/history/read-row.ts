import type { HistoryOutcome, HistoryRow } from '../../contract/history/history.ts';
import { BUCKETS_PER_E, wideBucket } from './history-query.ts';

/** Reads a row of the query's answer; a cell that is missing was nothing. */
export function readHistoryRow(
  cells: Readonly<Record<string, string>>,
  bucketsPerE = BUCKETS_PER_E,
): HistoryRow {
  const number = (name: string): number | null => {
    const text = cells[name];
    const value = text === undefined || text.trim() === '' ? NaN : Number(text);
    return Number.isFinite(value) ? value : null;
  };
  /** What no invocation has less than nothing of: below it, it is not known. */
  const amount = (name: string): number | null => {
    const value = number(name);
    return value === null || value < 0 ? null : value;
  };
  const sum = number('sumMs');
  const min = number('minMs');
  const max = number('maxMs');
  const sumInit = amount('sumInit');
  const maxInit = amount('maxInit');
  const memoryMb = amount('memoryMb');
  const bucket = number('bucket');
  return {
    // "123456789012:/aws/lambda/orders"
    logGroup: (cells['@log'] ?? '').replace(/^\d+:/, ''),
    owner: cells['owner'] ?? '',
    version: cells['version'] ?? null,
    memoryMb: memoryMb === 0 ? null : memoryMb,
    cold: cells['cold'] === '1' || cells['cold'] === 'true',
    outcome: outcomeOf(cells['status'], cells['errorType']),
    bucket: bucket === null ? null : wideBucket(bucket, bucketsPerE),
    count: number('n') ?? 0,
    durationMs: sum === null || min === null || max === null ? null : { sum, min, max },
    billedMs: amount('billed'),
    maxMemoryUsedMb: amount('used'),
    initMs: sumInit === null || maxInit === null ? null : { sum: sumInit, max: maxInit },
    firstMs: timeOf(cells['firstMs']),
    lastMs: timeOf(cells['lastMs']),
  };
}

function outcomeOf(status: string | undefined, errorType: string | undefined): HistoryOutcome {
  if (status === 'timeout') return 'timeout';
  if (errorType === 'Runtime.OutOfMemory') return 'out-of-memory';
  if (errorType !== undefined) return 'crash';
  if (status === 'error' || status === 'failure') return 'error';
  // Text logs have a status for what Lambda itself ended, JSON logs for every invocation.
  return status === 'success' ? 'ok' : 'untold';
}

/** Milliseconds, or as the console prints a time. */
function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = /^\d+(\.\d+)?(E\d+)?$/.test(text)
    ? Number(text)
    : Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isFinite(ms) ? ms : null;
}
