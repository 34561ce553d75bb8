import type { InvokeReply } from '../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import { findReport } from '../../core/platform-log/find-report.ts';
import { coldOf } from '../../core/platform-log/log-finding.ts';
import { outcomeOf, type ErrorReply } from '../../core/platform-log/outcome-of.ts';

type Answered = Extract<InvokeReply, { kind: 'answered' }>;

/** What is known of an invocation before its log is read. */
export type Sent = Pick<Observation, 'memoryMb' | 'payload' | 'atMs'>;

/** Reads an answered invocation's platform log off the tail that came with it. */
export function observe(reply: Answered, sent: Sent): Observation {
  return observeLog(reply.logTail ?? '', reply.requestId, reply, sent);
}

/**
 * Reads an invocation's platform log, wherever it came from. A log that is missing, or that is about
 * another memory size than the one that was set, is a lost observation, not a number.
 */
export function observeLog(
  log: string,
  requestId: string,
  reply: ErrorReply,
  sent: Sent,
): Observation {
  const finding = findReport(log, requestId);
  const report = finding.report;
  if (report === null || report.memorySizeMb !== sent.memoryMb) {
    return observeLost(sent);
  }
  return {
    ...sent,
    durationMs: report.durationMs,
    billedMs: report.billedMs,
    initMs: report.initMs ?? report.restoreMs,
    maxMemoryUsedMb: report.maxMemoryUsedMb,
    cold: coldOf(finding),
    outcome: outcomeOf(finding, reply),
  };
}

/** An invocation that may have run, and of which nothing is known. */
export function observeLost(sent: Sent): Observation {
  return {
    ...sent,
    durationMs: null,
    billedMs: null,
    initMs: null,
    maxMemoryUsedMb: null,
    cold: null,
    outcome: 'lost',
  };
}
