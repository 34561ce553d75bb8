import type { InitReport, PlatformReport } from './platform-report.ts';

/** What a log tells about one invocation. */
export interface LogFinding {
  /** `null` where the log holds none, or where it was cut off before the duration. */
  readonly report: PlatformReport | null;
  /** The old style's line "<request id> Task timed out after 3.00 seconds" is there. */
  readonly timedOut: boolean;
  /** How the process ended, from the line "RequestId: <id> Error: …"; `null` where there is none. */
  readonly crash: string | null;
  /** The init that this invocation waited for or ran itself, where the log tells of one apart. */
  readonly initReport: InitReport | null;
}

/**
 * Tells whether the invocation was the first of its environment; `null` where nothing tells, as in the
 * reports of Lambda Managed Instances. An environment that Lambda initialised ahead of any invocation looks
 * warm here: its first report has no Init Duration.
 */
export function coldOf(finding: LogFinding): boolean | null {
  const { report, initReport } = finding;
  if (report === null) return null;
  if (report.initMs !== null || report.restoreMs !== null) return true;
  if (initReport !== null && ranInside(initReport)) return true;
  if (report.initUnknown === true) return null;
  const full =
    report.billedMs !== null && report.memorySizeMb !== null && report.maxMemoryUsedMb !== null;
  return full ? false : null;
}

/** An init that failed or took too long runs again inside the next invocation, and is in its duration. */
function ranInside(initReport: InitReport): boolean {
  if (initReport.phase === 'invoke') return true;
  return initReport.status !== null && initReport.status !== 'success';
}
