import type { InitReportFacts, InitStartFacts, InvocationFacts } from './platform-log-facts.ts';
import type { PlatformLogWriter } from './platform-log-lines.ts';
import { billedDurationMs, printedMs } from './printed-duration.ts';

const DECIMALS = 2;

function printMs(ms: number): string {
  return `${printedMs(ms, DECIMALS).toFixed(DECIMALS)} ms`;
}

/** Returns the last fields of a REPORT or INIT_REPORT line; a success and a handler's own error have none. */
function statusFields(facts: {
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | null;
}): readonly string[] {
  if (facts.status === 'timeout') return ['Status: timeout'];
  if (facts.status === 'success' || facts.errorType === null) return [];
  return ['Status: error', `Error Type: ${facts.errorType}`];
}

/**
 * The text log as CloudWatch and the log tail hold it, fields apart by tabs. The new style of timeouts:
 * a Status field and no "Task timed out" line (Developer Guide, "Lambda execution environment lifecycle", 2026-11).
 */
export const textPlatformLog: PlatformLogWriter = {
  initStart: (facts: InitStartFacts) =>
    `INIT_START Runtime Version: ${facts.runtimeVersion}\tRuntime Version ARN: ${facts.runtimeVersionArn}\n`,

  // Only a failed init of an on-demand function is told.
  initReport: (facts: InitReportFacts) =>
    facts.status === 'success'
      ? ''
      : `INIT_REPORT Init Duration: ${printMs(facts.initMs)}\tPhase: ${facts.phase}\t${statusFields(facts).join('\t')}\n`,

  restoreStart: (facts) =>
    `RESTORE_START Runtime Version: ${facts.runtimeVersion}\tRuntime Version ARN: ${facts.runtimeVersionArn}\n`,

  restoreReport: (facts) => `RESTORE_REPORT Restore Duration: ${printMs(facts.restoreMs)}\n`,

  start: (facts) => `START RequestId: ${facts.requestId} Version: ${facts.version}\n`,

  end: (facts) => `END RequestId: ${facts.requestId}\n`,

  report: (facts: InvocationFacts) => {
    const status = statusFields(facts);
    const fields = [
      `REPORT RequestId: ${facts.requestId}`,
      `Duration: ${printMs(facts.durationMs)}`,
      `Billed Duration: ${billedDurationMs(facts, DECIMALS)} ms`,
      `Memory Size: ${facts.memoryMb} MB`,
      ...(facts.maxMemoryUsedMb === null ? [] : [`Max Memory Used: ${facts.maxMemoryUsedMb} MB`]),
      ...(facts.initMs === null ? [] : [`Init Duration: ${printMs(facts.initMs)}`]),
      ...(facts.restore === undefined
        ? []
        : [
            `Restore Duration: ${printMs(facts.restore.restoreMs)}`,
            `Billed Restore Duration: ${facts.restore.billedRestoreMs} ms`,
          ]),
      ...status,
    ];
    // Lambda ends the line with one more tab, but not after a status.
    return fields.join('\t') + (status.length === 0 ? '\t\n' : '\n');
  },
};
