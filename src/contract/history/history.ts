import type { Architecture } from '../shared/function-configuration.ts';
import type { Trigger } from '../shared/trigger.ts';

/** One row of the query: invocations of one function that are alike, durations within 2 %. */
export interface HistoryRow {
  readonly logGroup: string;
  /** The function in the stream's name, in groups that functions share; empty in a function's own group. */
  readonly owner: string;
  /** `null` where the stream does not say. */
  readonly version: string | null;
  readonly memoryMb: number | null;
  readonly cold: boolean;
  readonly outcome: HistoryOutcome;
  /** The logarithm of the duration, in steps of at most 2 %; `null` without a duration. */
  readonly bucket: number | null;
  readonly count: number;
  readonly durationMs: { readonly sum: number; readonly min: number; readonly max: number } | null;
  readonly billedMs: number | null;
  readonly maxMemoryUsedMb: number | null;
  readonly initMs: { readonly sum: number; readonly max: number } | null;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** `untold`: ended well or with a handler's own error, which text logs do not tell apart. */
export type HistoryOutcome = 'ok' | 'untold' | 'error' | 'crash' | 'timeout' | 'out-of-memory';

/** The window that was looked at. */
export interface HistoryWindow {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What is known of a function beside its logs. `null`: it could not be read, or does not say. */
export interface HistoryTarget {
  readonly name: string;
  readonly region: string;
  readonly architecture: Architecture;
  readonly memoryMb: number | null;
  readonly timeoutSeconds: number | null;
  readonly ephemeralStorageMb: number;
  readonly triggers: readonly Trigger[];
}

export interface SizeHistory {
  readonly memoryMb: number;
  readonly versions: readonly string[];
  readonly invocations: number;
  readonly coldStarts: number;
  /** Warm ones that ended well or say nothing else. A quantile is the most that its 2 % bucket held. */
  readonly durationMs: Quantiles;
  readonly initMs: { readonly mean: number; readonly max: number } | null;
  readonly maxMemoryUsedMb: number | null;
  readonly outOfMemory: number;
  readonly timeouts: number;
  readonly crashes: number;
  /** A handler's own errors; `null` for text logs. */
  readonly errors: number | null;
  readonly usd: number | null;
  readonly usdPerMonth: number | null;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

export interface Quantiles {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

export interface HistoryTimeout {
  readonly presentSeconds: number | null;
  readonly recommendedSeconds: number | null;
  readonly quantileMs: { readonly estimate: number | null; readonly high: number | null };
  readonly basis: 'observations' | 'fitted-tail' | 'insufficient';
  readonly present: 'too-tight' | 'too-loose' | 'fits' | null;
  readonly limits: readonly { readonly source: string; readonly maxSeconds: number | null }[];
}

export type HistoryRisk = 'out-of-memory' | 'timeouts' | 'timeout-too-tight' | 'memory-nearly-full';

/** A change of size, as an experiment that nobody planned. */
export interface SizeChange {
  readonly fromMb: number;
  readonly toMb: number;
  readonly at: string | null;
  /** Median duration after ÷ before. */
  readonly durationRatio: number | null;
  /** The version changed too: what made the difference cannot be told. */
  readonly confounded: boolean;
}

/** How many took up to so long, ascending, in steps of 10 %. */
export type DurationSteps = readonly { readonly ms: number; readonly count: number }[];

export interface FunctionHistory {
  readonly since: string;
  readonly until: string;
  readonly invocations: number;
  readonly invocationsPerMonth: number;
  /** Environments that Lambda made ahead show no init and count as warm. */
  readonly coldShare: number | null;
  readonly presentMb: number | null;
  readonly sizes: readonly SizeHistory[];
  /** At the present size: those that ended well. */
  readonly durations: { readonly warm: DurationSteps; readonly cold: DurationSteps };
  readonly currency: 'USD' | 'CNY';
  readonly timeout: HistoryTimeout;
  /** Part of the present size that no invocation used. */
  readonly headroom: number | null;
  /** If less memory cost no speed, which history cannot tell. */
  readonly ceiling: {
    readonly memoryMb: number;
    readonly fraction: number;
    readonly usdPerMonth: number | null;
  } | null;
  readonly changes: readonly SizeChange[];
  readonly risks: readonly HistoryRisk[];
  /** Reports that lack a duration or a memory size. */
  readonly unreadable: number;
  /** Reports with numbers that cannot be: negative, or above 15 minutes. In nothing above. */
  readonly impossible: number;
}

/** The answer about one function. */
export interface HistoryAnswer {
  readonly function: string;
  readonly history: FunctionHistory | null;
  /** Why there is no history, in words. */
  readonly problem: string | null;
  /** The kind of the problem, for programs: an unused function is an answer, the others are none. */
  readonly problemCode?: 'no-invocation' | 'no-report' | 'not-read' | null;
  /** What a function without an invocation in the window holds; `null` where there were some, or it could not be read. */
  readonly unused?: { readonly codeBytes: number; readonly versions: number } | null;
  /** What else is to be known. */
  readonly notes: readonly string[];
  /** What a run promised against what was seen since; `null` without a result to compare with. */
  readonly against: AgainstResult | null;
}

export interface AgainstResult {
  readonly memoryMb: number;
  readonly promised: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly costUsdPerMillion: number | null;
  };
  /** `null`: that size was not seen in the window. */
  readonly seen: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly costUsdPerMillion: number | null;
  } | null;
}

export interface HistorySpent {
  readonly by: 'insights' | 'events';
  readonly queries: number;
  readonly rows: number;
  readonly bytesScanned: number;
  /** `null` where the price of the region is not known. */
  readonly usd: number | null;
}

/** The answer about several functions: what `powerdial history --json` prints. */
export interface HistoryResult {
  readonly schemaVersion: 1;
  readonly functions: readonly HistoryAnswer[];
  readonly spent: HistorySpent;
}
