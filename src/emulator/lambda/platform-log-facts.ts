import type { LogFormat, SystemLogLevel } from '../../contract/shared/function-configuration.ts';

/** What decides how the platform prints: `VariantSettings` has it all. */
export interface PlatformLogStyle {
  readonly functionName: string;
  readonly functionArn: string;
  readonly logFormat: LogFormat;
  /** Counts for JSON only: text logs have no levels and print everything. */
  readonly systemLogLevel: SystemLogLevel;
}

/** A new environment begins its init. */
export interface InitStartFacts {
  /** Such as `nodejs:20.v71` or `provided:al2023.v97`. */
  readonly runtimeVersion: string;
  readonly runtimeVersionArn: string;
  /** `$LATEST` or a version number. */
  readonly version: string;
  readonly memoryMb: number;
  /** `invoke`: the init that runs again inside an invocation, after the first one failed. */
  readonly phase: 'init' | 'invoke';
  /** The name of its log stream, where it has one. */
  readonly instanceId?: string;
}

/** An init that ended, well or not. */
export interface InitReportFacts {
  readonly initMs: number;
  readonly phase: 'init' | 'invoke';
  readonly status: 'success' | 'error' | 'timeout';
  /** Such as `Runtime.ExitError`; `null` unless `status` is `error`. */
  readonly errorType: string | null;
}

/** An environment made from a snapshot. */
export interface RestoreFacts {
  readonly restoreMs: number;
  /** Whole milliseconds; Lambda bills less than the whole restore (562 ms restored, 118 billed). */
  readonly billedRestoreMs: number;
}

/** One invocation that ended. */
export interface InvocationFacts {
  readonly requestId: string;
  readonly version: string;
  readonly memoryMb: number;
  /** `null` where nobody knows (a recording without it): the field is then left out. */
  readonly maxMemoryUsedMb: number | null;
  /** Run time of the handler, init left out. */
  readonly durationMs: number;
  /** `null` for a warm invocation, and for one that was made from a snapshot. */
  readonly initMs: number | null;
  /** For the first invocation of an environment that was made from a SnapStart snapshot. */
  readonly restore?: RestoreFacts;
  readonly status: 'success' | 'error' | 'timeout';
  /**
   * What ended the environment, such as `Runtime.ExitError` or `Runtime.OutOfMemory`. `null` for an
   * error that the handler itself returned: the text log does not tell those, the JSON log does.
   */
  readonly errorType: string | null;
  /** Bytes of the answer; absent where there is none. */
  readonly producedBytes?: number;
}
