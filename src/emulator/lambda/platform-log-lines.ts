import type {
  InitReportFacts,
  InitStartFacts,
  InvocationFacts,
  RestoreFacts,
} from './platform-log-facts.ts';

/**
 * Prints what Lambda prints about environments and invocations, so that the real parser is in the
 * loop of every local run. Each function returns whole lines with their newline, or `''` where Lambda
 * prints nothing for this format and level. `atMs` is the event's time since the epoch.
 *
 * The order on Lambda: `initStart` (`initReport`) `start` …application lines… `end` `report`. After an
 * init that failed: its `initReport`, the `initReport` of the second try (phase `invoke`), `start`. An
 * environment made from a snapshot has `restoreStart` and `restoreReport` in place of the init's.
 */
export interface PlatformLogWriter {
  readonly initStart: (facts: InitStartFacts, atMs: number) => string;
  readonly initReport: (facts: InitReportFacts, atMs: number) => string;
  readonly restoreStart: (facts: Omit<InitStartFacts, 'phase'>, atMs: number) => string;
  readonly restoreReport: (facts: RestoreFacts, atMs: number) => string;
  readonly start: (facts: Pick<InvocationFacts, 'requestId' | 'version'>, atMs: number) => string;
  /** END, which the JSON format calls `platform.runtimeDone`. */
  readonly end: (facts: InvocationFacts, atMs: number) => string;
  readonly report: (facts: InvocationFacts, atMs: number) => string;
}
