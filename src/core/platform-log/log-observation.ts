import type { Outcome } from '../../contract/shared/observation.ts';
import type { LogRecord } from './invocation-ledger.ts';
import { coldOf } from './log-finding.ts';
import { NO_REPLY, outcomeOf } from './outcome-of.ts';

/** A line of `powerdial logs --json`. `null`: the log does not say. */
export interface LogObservation {
  readonly requestId: string | null;
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly initMs: number | null;
  readonly restoreMs: number | null;
  readonly billedRestoreMs: number | null;
  readonly memorySizeMb: number | null;
  readonly maxMemoryUsedMb: number | null;
  readonly cold: boolean | null;
  readonly outcome: Outcome;
  readonly errorType: string | null;
}

export function logObservation(record: LogRecord): LogObservation {
  const { report } = record;
  return {
    requestId: report.requestId === '' ? null : report.requestId,
    durationMs: report.durationMs,
    billedMs: report.billedMs,
    initMs: report.initMs,
    restoreMs: report.restoreMs,
    billedRestoreMs: report.billedRestoreMs,
    memorySizeMb: report.memorySizeMb,
    maxMemoryUsedMb: report.maxMemoryUsedMb,
    cold: coldOf(record),
    outcome: outcomeOf(record, NO_REPLY),
    errorType: report.errorType,
  };
}
