/** How Lambda says an invocation ended. `failure` is JSON's word for an error that the handler raised. */
export const REPORT_STATUSES = ['success', 'error', 'failure', 'timeout'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/**
 * What Lambda prints at the end of an invocation: the REPORT line, or the `platform.report` event.
 * `null`: the log does not say.
 */
export interface PlatformReport {
  readonly requestId: string;
  /** Run time of the handler. An init that failed and ran again inside the invocation is in it. */
  readonly durationMs: number | null;
  /** What AWS bills: run time, init and billed restore together, in whole milliseconds. */
  readonly billedMs: number | null;
  readonly initMs: number | null;
  /** SnapStart only, as are billed restores. */
  readonly restoreMs: number | null;
  /** Already part of `billedMs`. */
  readonly billedRestoreMs: number | null;
  /** Configured, in AWS's MB of 2^20 bytes. */
  readonly memorySizeMb: number | null;
  readonly maxMemoryUsedMb: number | null;
  /** Text logs name no status for a success, and older ones for nothing. */
  readonly status: ReportStatus | null;
  /** Such as `Runtime.OutOfMemory`. */
  readonly errorType: string | null;
  /** True where the source was not asked for the init, so that `initMs` being `null` says nothing. */
  readonly initUnknown?: boolean;
}

/** The INIT_REPORT line, or the `platform.initReport` event. It names no request. */
export interface InitReport {
  readonly initMs: number | null;
  /** `invoke`: the init ran again inside an invocation. `init`: ahead of any. */
  readonly phase: string | null;
  readonly status: ReportStatus | null;
  readonly errorType: string | null;
}

export function reportStatus(word: unknown): ReportStatus | null {
  return REPORT_STATUSES.find((status) => status === word) ?? null;
}
