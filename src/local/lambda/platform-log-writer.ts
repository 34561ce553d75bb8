import type { LogFormat, SystemLogLevel } from '../../contract/function-configuration.ts';

export interface InvocationFacts {
  readonly requestId: string;
  readonly version: string;
  readonly memoryMb: number;
  readonly maxMemoryUsedMb: number;
  readonly durationMs: number;
  /** `null` for a warm invocation. */
  readonly initMs: number | null;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | null;
}
