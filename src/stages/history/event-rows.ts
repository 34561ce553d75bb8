import type { HistoryOutcome, HistoryRow } from '../../contract/history/history.ts';
import type { LogEvent } from '../../contract/shared/deps.ts';
import { bucketOf, FINE_BUCKETS_PER_E } from '../../core/history/history-query.ts';
import type { LogRecord } from '../../core/platform-log/invocation-ledger.ts';
import { coldOf } from '../../core/platform-log/log-finding.ts';
import { NO_REPLY, outcomeOf } from '../../core/platform-log/outcome-of.ts';
import { PlatformLogReader } from '../../core/platform-log/platform-log-reader.ts';

/** Events that hold a report, as rows of one invocation each: what a query would have counted. */
export function eventRows(logGroup: string, events: readonly LogEvent[]): readonly HistoryRow[] {
  return events.flatMap(({ message, stream }) => {
    const reader = new PlatformLogReader();
    const records = [...reader.push(message), ...reader.end()];
    return records.map((record) => toRow(logGroup, stream, record));
  });
}

function toRow(logGroup: string, stream: string, record: LogRecord): HistoryRow {
  const { durationMs, billedMs, memorySizeMb, maxMemoryUsedMb, initMs, restoreMs } = record.report;
  const init = initMs ?? restoreMs;
  const named = /^\d+\/\d+\/\d+\/([^[]*)\[([^\]]+)\]/.exec(stream);
  const day = /^(\d{4})\/(\d\d)\/(\d\d)\//.exec(stream);
  const dayMs = day === null ? null : Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
  return {
    logGroup,
    owner: named?.[1] ?? '',
    version: named?.[2] ?? null,
    memoryMb: memorySizeMb,
    cold: coldOf(record) === true,
    outcome: toOutcome(record),
    bucket: durationMs === null ? null : bucketOf(durationMs, FINE_BUCKETS_PER_E),
    count: 1,
    durationMs: durationMs === null ? null : { sum: durationMs, min: durationMs, max: durationMs },
    billedMs,
    maxMemoryUsedMb,
    initMs: init === null ? null : { sum: init, max: init },
    firstMs: dayMs,
    lastMs: dayMs,
  };
}

function toOutcome(record: LogRecord): HistoryOutcome {
  const outcome = outcomeOf(record, NO_REPLY);
  if (outcome === 'timeout' || outcome === 'out-of-memory') return outcome;
  if (outcome === 'error') {
    return record.report.errorType?.startsWith('Runtime.') === true ? 'crash' : 'error';
  }
  return record.report.status === 'success' ? 'ok' : 'untold';
}
