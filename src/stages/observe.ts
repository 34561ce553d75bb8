import type { InvokeReply } from '../contract/deps.ts';
import type { Observation } from '../contract/observation.ts';
import { findReport } from '../core/platform-log/find-report.ts';
import { coldOf } from '../core/platform-log/log-finding.ts';
import { outcomeOf } from '../core/platform-log/outcome-of.ts';

type Answered = Extract<InvokeReply, { kind: 'answered' }>;

/**
 * Reads an answered invocation's platform log off the tail that came with it. A log that is missing, or
 * that is about another memory size than the one that was set, is a lost observation, not a number.
 */
export function observe(
  reply: Answered,
  sent: Pick<Observation, 'memoryMb' | 'payload' | 'atMs'>,
): Observation {
  const finding = findReport(reply.logTail ?? '', reply.requestId);
  const report = finding.report;
  if (report === null || report.memorySizeMb !== sent.memoryMb) {
    return lost(sent);
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
export function lost(sent: Pick<Observation, 'memoryMb' | 'payload' | 'atMs'>): Observation {
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
